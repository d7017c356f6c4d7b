title = 页面部件
search = 搜索
buttons = 按钮
fields = 输入框
notices = 提示和标签
reasons = 理由
tables = 表格和进度
