titles_out_of_range = 岗位名称应在 1 到 { $most } 个之间
titles_out_of_range-remedy = 至少一个，一次最多 { $most } 个，多的请分几次
title_too_long = 有岗位名称超过 { $most } 个字
title_too_long-remedy = 只写岗位名称，不要连同工作内容一起
