package io.pinion.advisor.report;

import io.pinion.advisor.chart.Svg;

/** How the page looks: on light ground, on dark, and on paper. Its ground is the pictures'. */
final class Style {
    private static final String PAGE = """
            :root{color-scheme:light dark;--ground:#fff;--text:#1d2128;--soft:#59616e;--line:#dfe3e8;--panel:#f5f7f9;\
            --accent:#0b6e99;--warn:#8a5a00;--warnground:#fff8e8;--warnline:#ecd9ac}
            @media (prefers-color-scheme:dark){:root{--ground:#16181d;--text:#e6e8eb;--soft:#a3abb8;--line:#31363f;\
            --panel:#1e2229;--accent:#4db6e2;--warn:#f0c674;--warnground:#25221a;--warnline:#4d4428}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--ground);color:var(--text);font:15px/1.55 system-ui,-apple-system,"Segoe UI",\
            Roboto,"Helvetica Neue",Arial,sans-serif}
            main{max-width:1240px;margin:0 auto;padding:40px 32px 64px}
            header{border-left:5px solid var(--accent);padding:2px 0 4px 22px;margin-bottom:36px}
            header.inconclusive{border-color:var(--warn)}
            h1{font-size:38px;line-height:1.15;letter-spacing:-.02em;margin:4px 0 10px}
            h2{font-size:20px;letter-spacing:-.01em;margin:48px 0 6px}
            h3{font-size:15px;margin:24px 0 4px}
            p{margin:6px 0}
            code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
            .soft,figcaption,small{color:var(--soft)}
            .over{text-transform:uppercase;letter-spacing:.08em;font-size:12px;font-weight:600;color:var(--accent);margin:0}
            header.inconclusive .over{color:var(--warn)}
            .meaning{font-size:17px}
            .two{display:grid;grid-template-columns:1fr 1fr;gap:28px 40px;align-items:start}
            .two>*{min-width:0}
            .plots{columns:2;column-gap:40px;margin-top:14px}
            .plots figure{break-inside:avoid;margin-bottom:36px}
            .two h2:first-child{margin-top:0}
            .reasons{padding-left:20px;margin:8px 0}
            .reasons li{margin:6px 0}
            .reasons li:first-child{font-weight:600}
            pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:12px 14px;margin:8px 0;\
            overflow-x:auto}
            aside{background:var(--warnground);border:1px solid var(--warnline);border-radius:6px;padding:14px 20px;\
            margin:36px 0 0}
            aside h2{font-size:16px;margin:0 0 4px;color:var(--warn)}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 22px;margin:8px 0}
            dt{font-weight:600}
            dd{margin:0;overflow-wrap:anywhere}
            figure{margin:0}
            figure h3{margin:0;font-size:16px}
            figcaption{font-size:13px;line-height:1.45;margin:2px 0 10px}
            svg{display:block;width:100%;height:auto}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;margin:8px 0;font-size:13.5px;font-variant-numeric:tabular-nums}
            th,td{text-align:right;padding:5px 7px;border-bottom:1px solid var(--line);white-space:nowrap;\
            vertical-align:top}
            thead th{color:var(--soft);font-weight:600;font-size:12.5px;border-bottom-color:var(--soft)}
            tbody th{text-align:left;font-weight:500}
            tr.first>*{border-top:1px solid var(--soft)}
            th.name{text-align:left}
            th:first-child{padding-left:0}
            td small,th small{display:block;font-size:11px;font-weight:400}
            td.outcome{text-align:left}
            tr.faster td.outcome,tr.slower td.outcome{font-weight:600}
            summary{cursor:pointer;color:var(--accent);margin-top:10px}
            footer{margin-top:56px;padding-top:14px;border-top:1px solid var(--line);font-size:13px;color:var(--soft)}
            @media (max-width:820px){.two{grid-template-columns:1fr}.plots{columns:1}main{padding:24px 16px}h1{font-size:30px}\
            dl{display:block}dd{margin-bottom:8px}}
            @media print{main{padding:0}figure,table{break-inside:avoid}}
            """;

    private Style() {}

    /** {@return the style sheet} It names nothing outside the page. */
    static String sheet() {
        return Svg.style() + PAGE;
    }
}
