//! Calling out: text messages through a gateway, sign-in through a provider. One file for each
//! kind of service; nothing here knows a deed.
