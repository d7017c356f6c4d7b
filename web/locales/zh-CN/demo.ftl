opening = 正在准备数据库和基础数据……
writing = 正在写演示文件并导入（单位、岗位、人员均为虚构）……
imported = 　{ $file }：{ $rows } 行
indexing = 正在建立搜索索引……
ready =
    演示数据已就绪：岗位 { $vacancies } 个，求职者 { $jobseekers } 人。
    另有 { $refused } 行带有常见的填写错误，已退回，可在上传页面查看原因。
    原始文件：{ $files }
    账户：在本机打开不用登录；登录页列出了每种角色的演示账户。
    地址：{ $address }
    按 Ctrl-C 停止。
