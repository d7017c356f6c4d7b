channel_unknown = 没有“{ $value }”这种方式。
state_unknown = 没有“{ $value }”这种状态。
