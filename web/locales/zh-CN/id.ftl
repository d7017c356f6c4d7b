malformed = “{ $value }”不是有效的编号。
