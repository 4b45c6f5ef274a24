"""通知: what people are told, in the app, by mail and by SMS."""
