malformed = “{ $value }”不是行政区划代码。
malformed-remedy = 行政区划代码是 6 位（到县）、9 位（到乡镇）或 12 位（到村）数字，例如 620102。
