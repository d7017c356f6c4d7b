erased = 这部分内容已按本人要求或因期限届满删除，无法再打开。
erased-remedy = 本人再来办理时请重新登记；文件请重新导入。
missing = 密钥库里没有这份档案的密钥，资料本身还在。
missing-remedy = 请告诉系统管理员：用 jinqiao key restore 恢复密钥库的副本。
cipher_unknown = 没有名为“{ $value }”的加密方式，可用的有：{ $valid }。
cipher_unknown-remedy = 请把设置项 cipher 改成其中之一。
