forbidden = 这里只对经办窗口开放。
