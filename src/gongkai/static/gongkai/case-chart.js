// Draws how many applications of one applicant came in each month. Without it the table says the same.
"use strict";
(() => {
  const place = document.getElementById("case-chart");
  const data = JSON.parse(document.getElementById("case-chart-data").textContent);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let chart = null;
  const draw = () => {
    place.classList.add("is-drawn");
    chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption({
      animation: !calm,
      aria: { enabled: true },
      color: ["#0b4ea2"],
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
      grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
      xAxis: { type: "category", data: data.months },
      yAxis: { type: "value", minInterval: 1 },
      series: [{ type: "bar", data: data.numbers, barMaxWidth: 36, label: { show: true, position: "top" } }],
    });
  };
  // A folded place has no width to draw in.
  const fold = place.closest("details");
  fold.addEventListener("toggle", () => {
    if (fold.open && chart === null) draw();
  });
  if (fold.open) draw();
  window.addEventListener("resize", () => chart?.resize());
})();
