"""What an act of the ledger is called on a page."""

from __future__ import annotations

from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text

_ACTS = {
    "agencies.sign_in": Text("登录", "signed in"),
    "agencies.sign_out": Text("退出", "signed out"),
    "agencies.change_password": Text("修改密码", "changed the password"),
    "agencies.add_agency": Text("新增机关", "added an agency"),
    "agencies.add_person": Text("新增人员", "added a person"),
    "agencies.appoint": Text("任命岗位", "gave a role"),
    "agencies.dismiss": Text("免去岗位", "ended a role"),
    "agencies.edit": Text("修改机关信息", "changed what an agency says of itself"),
    "agencies.add_unit": Text("新增科室", "added a unit"),
    "agencies.change_unit": Text("修改科室", "changed a unit"),
    "agencies.place_in_unit": Text("调整科室", "placed a role in a unit"),
    "agencies.set_route": Text("设置报批路线", "set an approval route"),
    "agencies.delegate": Text("委托代办", "delegated a role"),
    "agencies.end_delegation": Text("结束委托", "ended a delegation"),
    "agencies.set_calendar_day": Text("调整工作日历", "changed the calendar"),
    "agencies.publish_year": Text("登记已公布的放假安排", "recorded a published schedule"),
    "agencies.rescan_quarantined": Text("重新扫描隔离文件", "scanned a file in quarantine again"),
    "agencies.release_quarantined": Text("放行隔离文件", "released a file from quarantine"),
    "agencies.take_out_quarantined": Text("下载已放行的文件", "took out a released file"),
    "agencies.destroy_quarantined": Text("销毁隔离文件", "destroyed a file in quarantine"),
    "applications.submitted": Text("提交申请", "application sent"),
    "applications.import_ledger": Text("导入台账", "imported a ledger"),
    "applications.letter": Text("制发文书", "letter made"),
    "applications.set_letter_template": Text("修改文书模板", "changed a letter template"),
    "applications.assign": Text("分办", "case assigned"),
    "applications.note": Text("添加内部备注", "note added"),
    "applications.reveal": Text("查看完整身份信息", "identity shown whole"),
    "applications.paper": Text("添加材料", "paper added"),
    "applications.redaction_begun": Text("开始遮盖", "began to redact"),
    "applications.redaction_dropped": Text("放弃遮盖", "gave a redaction up"),
    "applications.redaction": Text("生成遮盖件", "made a redacted copy"),
    "applications.case_file": Text("生成卷宗", "case file sealed"),
    "applications.archive_list": Text("导出归档文件目录", "exported the list of case files"),
    "applications.hand_over": Text("移交卷宗", "handed case files over"),
    "applications.export": Text("导出办件列表", "exported a list of cases"),
    "applications.save_view": Text("保存常用筛选", "saved a view"),
    "applications.delete_view": Text("删除常用筛选", "deleted a view"),
    "applications.subscribe": Text("开通期限日历订阅", "opened a calendar feed"),
    "applications.unsubscribe": Text("停止期限日历订阅", "ended a calendar feed"),
    "applications.rating": Text("申请人评价满意度", "rated by the applicant"),
    "notifications.set_preferences": Text("修改通知设置", "changed how to be notified"),
    "disclosure.issue_document": Text("登记规范性文件", "registered a normative document"),
    "disclosure.repeal_document": Text("废止规范性文件", "repealed a normative document"),
    "disclosure.change_document": Text("登记文件变动", "entered a change of a document"),
    "disclosure.strike_change": Text("更正文件变动记录", "struck a change of a document"),
    "disclosure.lapse_document": Text("文件有效期届满", "a document lapsed"),
    "disclosure.begin_campaign": Text("开始文件清理", "began a clean-up of documents"),
    "disclosure.find_document": Text("提出文件清理意见", "said what is to become of a document"),
    "disclosure.close_campaign": Text("结束文件清理", "closed a clean-up of documents"),
    "disclosure.install_columns": Text("设置必设栏目", "set up the required columns"),
    "disclosure.add_column": Text("增设栏目", "added a column"),
    "disclosure.edit_column": Text("修改栏目", "changed a column"),
    "disclosure.move_column": Text("移动栏目", "moved a column"),
    "disclosure.put_away_column": Text("停用栏目", "put a column away"),
    "disclosure.restore_column": Text("恢复栏目", "took a column back into use"),
    "disclosure.set_absence": Text("说明不设的栏目", "said that there is nothing for a column"),
    "disclosure.end_absence": Text("恢复设置栏目", "took a column back onto the menu"),
    "disclosure.set_guide": Text("修改公开指南", "changed the guide"),
    "disclosure.draft_item": Text("拟主动公开草稿", "drafted for publication"),
    "disclosure.discard_draft": Text("不予采用草稿", "discarded a draft"),
    "disclosure.record_count": Text("填报处理决定数量", "recorded a count of decisions"),
    "annual_report.check": Text("检查年度报告文件", "checked files of annual reports"),
    "annual_report.begin": Text("开始编制年度报告", "began an annual report"),
    "annual_report.freeze": Text("冻结年度报告数据", "froze the figures of an annual report"),
    "annual_report.unfreeze": Text("重新开放年度报告数据", "opened the figures of an annual report again"),
    "annual_report.correct": Text("更正年度报告数据", "corrected figures of an annual report"),
    "annual_report.write": Text("起草年度报告", "wrote a section of an annual report"),
    "annual_report.submit": Text("年度报告报批", "put an annual report before the approver"),
    "annual_report.return": Text("退回年度报告", "sent an annual report back"),
    "annual_report.sign": Text("签发年度报告", "signed an annual report"),
    "annual_report.publish": Text("公布年度报告", "published an annual report"),
    "annual_report.reopen": Text("重新编制年度报告", "opened an annual report again"),
    "annual_report.read_previous": Text("录入上一年度报告", "read last year's annual report"),
    "annual_report.submit_up": Text("向上级报送年度报告", "submitted an annual report upwards"),
    "annual_report.receive_file": Text("接收下级年度报告文件", "received a report from below as a file"),
    "annual_report.send_back": Text("退回下级年度报告", "sent a report from below back"),
    "annual_report.accept_submission": Text("采用下级年度报告", "accepted a report from below"),
    "annual_report.remind_children": Text("催报年度报告", "reminded those below of their reports"),
    "disputes.open": Text("登记复议或诉讼", "registered a dispute"),
    "disputes.conclude": Text("登记审结", "recorded the end of a dispute"),
}


def label_of(act: str) -> Text:
    """The act in words; an act that this version does not know keeps its own name."""
    room, _, name = act.partition(".")
    if act in _ACTS:
        return _ACTS[act]
    if room == "applications" and name in list(StepKind):
        return StepKind(name).label
    return Text(act, act)
