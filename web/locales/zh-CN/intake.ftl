noun_unknown = 不能导入“{ $value }”，可以导入的有：{ $valid }。
