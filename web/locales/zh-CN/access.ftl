forbidden = 这里只对经办窗口开放。
office_only = 求职者信息和文件导入目前只能在服务所在的电脑上（本机地址 127.0.0.1 或 localhost）使用，以保护个人信息。
