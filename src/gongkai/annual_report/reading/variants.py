"""What copies on other sites do to a text, undone: traditional characters, phonetic marks, doubled marks, injected words;
marks that nobody sees, and digits without an end.

Only characters of the form and of what is usually said in a report are mapped; the aim is to recognise, not to translate.
"""

from __future__ import annotations

import re

_TRADITIONAL = (
    "數数據据關关處处設设區区應应報报縣县於于號号廢废現现規规開开結结轉转進进務务業业會会體体組组織织機机構构"
    "總总計计況况動动請请類类屬属項项執执條条權权護护濟济審审維维紀纪錄录訴诉訟讼復复議议續续繼继負负責责監监"
    "舉举訪访經经費费無无發发強强製制導导實实際际產产準准確确認认書书單单門门網网眾众學学團团優优點点對对從从"
    "過过還还這这個个們们來来時时間间問问題题見见說说語语讀读調调談谈論论證证評评詢询該该詳详誤误課课識识護护"
    "變变讓让貫贯質质資资購购貨货財财貧贫貿贸軍军農农連连運运達达選选適适遞递遲迟郵邮鄉乡鎮镇鄰邻鑑鉴錢钱錯错"
    "長长閉闭閱阅陽阳陰阴階阶隊队隨随險险難难雙双雲云電电須须頁页領领頭头願愿養养館馆驗验體体魚鱼鳥鸟龍龙"
    "級级統统細细終终絡络給给綜综綠绿網网緊紧線线編编緩缓練练縮缩繳缴繁繁義义習习職职聯联聽听聲声腦脑臺台興兴"
    "舊旧萬万蓋盖蔣蒋藝艺藥药蘇苏號号蟲虫術术衛卫裝装裡里補补製制複复覽览觀观觸触試试詞词話话誠诚認认誰谁諮咨"
    "諾诺謀谋講讲謝谢警警譯译豐丰貢贡貼贴賀贺賃赁賠赔賬账賽赛贈赠趙赵趨趋車车軌轨較较載载輔辅輕轻輛辆輪轮輯辑"
    "輸输辦办農农遠远邊边鄭郑鐵铁長长閱阅闊阔陸陆隱隐雖虽離离靈灵靜静響响順顺預预頒颁額额顧顾類类顯显風风飛飞"
    "飯饭飲饮馬马駐驻騎骑驅驱鬥斗鬧闹鮮鲜鹽盐麥麦麼么黃黄黨党齊齐齒齿傳传債债傷伤傾倾僅仅價价儀仪億亿儘尽償偿"
    "優优儲储兒儿兩两內内冊册凈净別别刪删則则剛刚創创劃划劇剧劉刘勁劲勞劳勢势勵励勸劝匯汇協协卻却參参吳吴員员"
    "啟启喪丧喬乔嗎吗嚴严國国圍围園园圓圆圖图團团執执堅坚場场塊块報报墊垫壓压壞坏壯壮夠够夾夹奪夺奮奋婦妇媽妈"
    "孫孙學学寧宁寫写實实寬宽審审將将專专尋寻屆届層层岡冈島岛嶺岭師师帥帅帳帐帶带幣币幫帮幹干幾几庫库廠厂廣广"
    "廳厅張张彈弹後后徑径徵征恆恒惡恶愛爱慣惯慮虑憑凭憲宪懷怀懇恳懲惩戰战戲戏戶户拋抛挾挟掃扫採采揚扬換换損损"
    "搶抢撥拨擇择擊击擋挡擔担擬拟擴扩擺摆攝摄敗败敵敌斷断暫暂曆历曉晓書书條条楊杨極极樂乐標标樓楼樣样樹树橋桥"
    "檔档檢检櫃柜欄栏歡欢歐欧歲岁歷历歸归殘残殺杀決决沒没淨净測测減减滅灭滿满漢汉潔洁潛潜澤泽濃浓濱滨灣湾災灾"
    "為为烏乌煙烟熱热燈灯爐炉爭争爺爷牆墙狀状獎奖獨独獲获環环產产畝亩畢毕畫画異异當当療疗盡尽監监盤盘眾众睜睁"
    "矯矫確确礎础禮礼禁禁種种稱称穩稳窮穷竊窃競竞筆笔節节範范築筑簡简簽签籌筹糧粮紅红約约級级納纳純纯紙纸紛纷"
    "罰罚強强優优額额勾勾積积導导隸隶屬属係系範范鑒鉴揭揭夾夹虧亏損损遲迟誤误贓赃週周佈布佔占併并俱俱紹绍終终絕绝絲丝經经綱纲維维緣缘緝缉縱纵績绩繪绘繫系"
)
_SIMPLE = str.maketrans(dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)))
_SIGN = re.compile(
    "[" + "".join({a for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True) if a != b}) + "]"
)
#: So many traditional characters make a text a traditional one; fewer may be a name.
_MANY = 8
_TONE = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ"
_PHONETIC = re.compile(rf"(?<=[\u4e00-\u9fff])[（(][a-zü]{{0,4}}[{_TONE}][a-zü]{{0,4}}[)）]")
_DOUBLED = re.compile("[,，](?:(?<=,)，|(?<=，),)|[;；](?:(?<=;)；|(?<=；);)|[:：](?:(?<=:)：|(?<=：):)")
_FULL = {",": "，", ";": "；", ":": "："}
_INJECTED = re.compile(r"(?i)(?:bet)?365体育(?:投注|官网|平台|在线)?|(?:亚博|开云|皇冠|万博)体育(?:官网|平台|app)?")
#: The longest row of glued numbers has half as many; whoever sends more wants to see us reckon with it.
#: Marks that take no room, and those that turn the text: a name with one in it is another name.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NO_NUMBER = re.compile(r"(\d{120})\d+")


def simple(text: str) -> str:
    """``text`` with simplified characters."""
    return text.translate(_SIMPLE)


def undone(text: str) -> str:
    """``text`` without what a mirror did to it; the same where nothing was done."""
    if sum(1 for _ in zip(range(_MANY), _SIGN.finditer(text), strict=False)) == _MANY:
        text = simple(text)
    text = _UNSEEN.sub("", text)
    text = _NO_NUMBER.sub(r"\1", text)
    text = _PHONETIC.sub("", text)
    text = _DOUBLED.sub(lambda found: _FULL.get(found[0][0], found[0][0]), text)
    return _INJECTED.sub("", text)
