// Draws what the page's charts show (Charts/*.cs) with Apache ECharts: one function for each kind of chart, from data and colours to ECharts' options.
const base = { animation: false, useUTC: true, textStyle: { fontFamily: "system-ui, sans-serif" } };

let loading;
const load = library => loading ??= globalThis.echarts ? Promise.resolve() : new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = resolve;
    script.onerror = () => { loading = undefined; reject(new Error(`${library} could not be loaded`)); };
    document.head.append(script);
});

const colours = () => {
    const style = getComputedStyle(document.documentElement);
    return name => style.getPropertyValue("--" + name).trim();
};

const tooltip = colour => ({
    renderMode: "richText", confine: true, backgroundColor: colour("card"), borderColor: colour("line"),
    textStyle: { color: colour("text"), fontSize: 12 },
});
const timeAxis = (colour, more) => ({
    type: "time", axisLine: { lineStyle: { color: colour("line") } }, axisLabel: { color: colour("quiet"), hideOverlap: true }, splitLine: { show: false }, ...more,
});
const valueAxis = (colour, name, more) => ({
    type: "value", name, nameGap: 8, nameTextStyle: { color: colour("quiet"), align: "left" }, axisLabel: { color: colour("quiet") },
    splitLine: { lineStyle: { color: colour("line") } }, splitNumber: 2, ...more,
});

// A hold is a solid bar, a wait a thin, dashed one. A failure has a red edge.
const bar = (data, colour) => (params, api) => {
    const item = data.bars[params.dataIndex];
    const [x, y] = api.coord([api.value(1), api.value(0)]);
    const [end] = api.coord([api.value(2), api.value(0)]);
    const height = api.size([0, 1])[1] * (item.isWait ? 0.24 : 0.62);
    const area = params.coordSys;
    const shape = globalThis.echarts.graphic.clipRectByRect({ x, y: y - height / 2, width: Math.max(end - x, 1.5), height }, area);
    const fill = colour(item.kind);
    const style = item.isWait
        ? { fill, fillOpacity: 0.25, stroke: fill, lineDash: [3, 2], lineWidth: 1 }
        : { fill, stroke: item.isBad ? colour("contention") : "none", lineWidth: item.isBad ? 2.5 : 0 };
    return shape && { type: "rect", shape, style };
};

const labels = (data, width) => Math.min(width < 560 ? 96 : 200, 12 + 7 * Math.max(...data.lanes.map(l => l.length)));

const charts = {
    timeline: (data, colour, width) => ({
        grid: { left: labels(data, width) + 10, right: 14, top: 6, bottom: 26 },
        tooltip: { ...tooltip(colour), formatter: p => data.bars[p.dataIndex]?.text ?? "" },
        xAxis: timeAxis(colour, { min: data.from, max: data.to, splitLine: { show: true, lineStyle: { color: colour("line") } } }),
        yAxis: {
            type: "category", inverse: true, data: data.lanes, axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false },
            axisLabel: { color: colour("text"), width: labels(data, width), overflow: "truncate" }, splitLine: { show: true, lineStyle: { color: colour("line") } },
        },
        series: [{ type: "custom", renderItem: bar(data, colour), encode: { x: [1, 2], y: 0 }, data: data.bars.map(b => [b.lane, b.from, b.to]), clip: true }],
    }),

    // Columns go to the right, or down on a narrow screen.
    waits: (data, colour, width) => {
        const narrow = width < 560;
        const place = n => narrow ? [n.y, -n.x] : [n.x, -n.y];
        const span = values => ({ type: "value", show: false, min: Math.min(...values) - 0.5, max: Math.max(...values) + 0.5 });
        const places = data.nodes.map(place);
        const column = key => data.nodes.find(n => n.key === key).x;
        const far = e => column(e.to) - column(e.from) > 1;
        const fill = { table: colour("idle-ground"), update: colour("exclusive"), inserts: colour("insert"), lock: colour("lock") };
        return {
            grid: { left: 10, right: 10, top: 6, bottom: 14 },
            xAxis: span(places.map(p => p[0])), yAxis: span(places.map(p => p[1])),
            series: [{
                type: "graph", coordinateSystem: "cartesian2d", silent: true, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 9,
                data: data.nodes.map((n, i) => ({
                    id: n.key, name: n.name, value: places[i], symbol: n.kind === "table" ? "roundRect" : "circle", symbolSize: n.kind === "table" ? [30, 20] : 20,
                    itemStyle: { color: fill[n.kind], borderColor: n.kind === "table" ? colour("quiet") : fill[n.kind], borderWidth: 1.5 },
                    label: {
                        show: true, position: "bottom", distance: 3, formatter: n.name, color: colour("text"), backgroundColor: colour("card"), padding: [1, 3],
                        fontSize: 12, width: narrow ? 76 : undefined, overflow: "truncate",
                    },
                })),
                links: data.edges.map(e => ({
                    source: e.from, target: e.to,
                    lineStyle: { color: e.isWait ? colour("contention") : colour("quiet"), type: e.isWait ? "dashed" : "solid", width: e.isWait ? 2 : 1.5, opacity: 1, curveness: far(e) ? 0.18 : 0 },
                    label: { show: e.isWait || !narrow, rotate: 0, formatter: e.text, color: colour(e.isWait ? "contention" : "quiet"), backgroundColor: colour("card"), padding: [1, 3], fontSize: 11 },
                })),
            }],
        };
    },

    history: (data, colour) => {
        const grid = top => ({ left: 46, right: 14, top, height: 70 });
        // A value is valid from the beginning of its slot to the next one.
        const slot = data.at[1] - data.at[0];
        const points = values => [...values.map((v, i) => [data.at[i], v]), [data.at.at(-1) + slot, values.at(-1)]];
        const said = items => [`${new Date(items[0].value[0]).toISOString().slice(11, 19)} UTC`, ...items.map(i => `${i.seriesName}: ${i.value[1].toLocaleString("en")}`)].join("\n");
        const line = (name, index, values, shade, more) => ({
            name, type: "line", xAxisIndex: index, yAxisIndex: index, step: "end", symbol: "none", lineStyle: { width: 1.5, color: shade },
            itemStyle: { color: shade }, areaStyle: { color: shade, opacity: 0.22 }, data: points(values), ...more,
        });
        const axis = (index, last) => timeAxis(colour, { gridIndex: index, axisLabel: { show: last, color: colour("quiet"), hideOverlap: true } });
        return {
            tooltip: { ...tooltip(colour), trigger: "axis", formatter: said },
            axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: colour("quiet") } },
            grid: [grid(24), grid(128), grid(232)],
            xAxis: [axis(0), axis(1), axis(2, true)],
            yAxis: [
                valueAxis(colour, "Contention, s", { gridIndex: 0 }), valueAxis(colour, "Held, % of the time", { gridIndex: 1 }),
                valueAxis(colour, "Rows/s", { gridIndex: 2, axisLabel: { color: colour("quiet"), formatter: v => v >= 1e6 ? v / 1e6 + " M" : v >= 1e3 ? v / 1e3 + " k" : v } }),
            ],
            series: [
                line("Contention, s", 0, data.contentionSeconds, colour("contention")),
                line("Held by inserts, %", 1, data.insertsHeldPercent, colour("insert"), { stack: "held" }),
                line("Held by updates, %", 1, data.updatesHeldPercent, colour("exclusive"), { stack: "held" }),
                line("Rows/s", 2, data.rowsPerSecond, colour("insert")),
            ],
        };
    },
};

// Returns an object that updates and disposes the chart.
export async function draw(element, library, kind, data) {
    await load(library);
    const chart = globalThis.echarts.init(element, null, { renderer: "canvas" });
    const show = () => chart.setOption({ ...base, ...charts[kind](data, colours(), element.clientWidth) });
    const theme = new MutationObserver(show);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const size = new ResizeObserver(() => { chart.resize(); show(); });
    size.observe(element);
    show();
    return {
        update(next) { data = next; show(); },
        dispose() { theme.disconnect(); size.disconnect(); chart.dispose(); },
    };
}
