"""基层政务公开标准目录: areas, items, rows; coverage and timeliness."""
