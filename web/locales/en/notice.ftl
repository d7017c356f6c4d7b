channel_unknown = There is no channel “{ $value }”.
state_unknown = There is no state “{ $value }”.
