way-counter = 今天到过窗口
way-phone = 今天打过电话
way-visit = 今天上过门
way-message = 今天发过消息
way_unknown = 没有“{ $value }”这种联系方式，可用的有：{ $valid }。
choose_some = 请勾选 1 到 { $most } 个人。
