damaged = 这个文件不是完整的备份：有内容缺失或被改动。未恢复任何数据。
damaged-remedy = 请换用另一份备份。
other_version = 这份备份由 { $version } 版写出，数据表与本版不同。未恢复任何数据。
other_version-remedy = 请先用 { $version } 版恢复，再用新版打开该数据库。
not_empty = 这个数据库里已有数据。未恢复任何数据。
not_empty-remedy = 请指定一个空数据库；如要丢弃现有数据，请加 --force。
kind_unknown = 类型为“{ $value }”的列无法备份，可以备份的有：{ $valid }。
kind_unknown-remedy = 请在迁移中使用上述类型。
