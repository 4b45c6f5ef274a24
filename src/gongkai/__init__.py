"""Gongkai 公开: the government information disclosure (政府信息公开) system of an agency."""
