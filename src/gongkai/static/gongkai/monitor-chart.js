// Draws the days that columns have left. Without it the page is complete: the table below holds the same numbers.
"use strict";
(() => {
  const place = document.getElementById("report-chart");
  const data = JSON.parse(document.getElementById("report-chart-data").textContent);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Shown first: a hidden place has no width to draw in.
  place.parentElement.classList.add("is-drawn");
  place.classList.add(data.columns.length > 12 ? "is-tall" : "is-low");
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: !calm,
    aria: { enabled: true },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
    grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: { type: "value" },
    yAxis: { type: "category", inverse: true, data: data.columns },
    series: [
      {
        type: "bar",
        barMaxWidth: 20,
        label: { show: true, position: "right" },
        data: data.days.map((left) => ({
          value: left,
          itemStyle: { color: left <= 0 ? "#b42318" : left <= 14 ? "#a16207" : "#0b4ea2" },
        })),
      },
    ],
  });
  window.addEventListener("resize", () => chart.resize());
})();
