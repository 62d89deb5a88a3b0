"""How the handbook looks: white paper, one navy, readable on a small screen and when printed."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: #fff; color: #1f2933; font: 16px/1.75 '微软雅黑','Microsoft YaHei','等线',DengXian,
  'PingFang SC','Noto Sans CJK SC',Arial,sans-serif; }
nav { position: fixed; top: 0; bottom: 0; left: 0; width: 268px; overflow-y: auto; padding: 22px 18px 22px 22px;
  background: #f7f9fb; border-right: 1px solid #c5ced8; font-size: 14px; line-height: 1.5; }
nav p { margin: 0 0 8px; font-weight: bold; color: #1f3a5f; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li { margin: 0; break-inside: avoid; }
nav a { display: block; padding: 4px 8px; color: #33414f; text-decoration: none; border-left: 3px solid transparent; }
nav a:hover, nav a:focus { background: #e9eef4; border-left-color: #1f5a99; color: #1f3a5f; }
main { margin-left: 268px; max-width: 1010px; padding: 26px 44px 80px; }
h1 { margin: 0 0 18px; padding: 12px 18px; background: #1f3a5f; color: #fff; font-size: 26px; line-height: 1.4; }
h2 { margin: 44px 0 12px; padding-bottom: 4px; border-bottom: 2px solid #8795a5; color: #1f3a5f; font-size: 21px;
  line-height: 1.4; }
h3 { margin: 28px 0 8px; color: #1f3a5f; font-size: 17px; line-height: 1.4; }
p, ul, ol { margin: 10px 0; }
li { margin: 4px 0; }
a { color: #1f5a99; }
img { display: block; max-width: 100%; margin: 12px 0; border: 1px solid #c5ced8; }
table { width: 100%; margin: 14px 0; border-collapse: collapse; font-size: 14px; line-height: 1.6; }
th { padding: 7px 10px; background: #e9eef4; border-bottom: 2px solid #8795a5; text-align: left; white-space: nowrap; }
td { padding: 7px 10px; border-bottom: 1px solid #c5ced8; vertical-align: top; }
td:first-child { min-width: 96px; }
table.wide { font-size: 13px; }
table.wide th, table.wide td { padding: 6px 7px; }
code { padding: 1px 5px; background: #f1f4f8; border: 1px solid #e3e8ed; border-radius: 3px; overflow-wrap: anywhere;
  font: 0.9em/1.5 Consolas,'Cascadia Mono',Menlo,'Noto Sans Mono CJK SC',monospace; }
pre { margin: 14px 0; padding: 12px 14px; background: #f7f9fb; border: 1px solid #c5ced8; border-left: 4px solid #1f5a99;
  overflow-x: auto; line-height: 1.55; }
pre code { padding: 0; border: 0; background: none; font-size: 13px; overflow-wrap: normal; }
@media (max-width: 1000px) {
  nav { position: static; width: auto; border-right: 0; border-bottom: 1px solid #c5ced8; }
  nav ul { columns: 2; }
  main { margin-left: 0; padding: 20px 18px 60px; }
}
@media screen and (max-width: 640px) {
  table.wide thead { display: none; }
  table.wide tr { display: block; padding: 8px 0; border-bottom: 1px solid #c5ced8; }
  table.wide td { display: block; padding: 1px 0; border: 0; }
  table.wide td:first-child { color: #1f3a5f; font-weight: bold; }
  table.wide td:not(:first-child)::before { content: attr(data-header) "："; color: #5f6b7a; }
}
@media print {
  @page { size: A4; margin: 16mm 16mm 18mm; }
  body { font-size: 10.5pt; line-height: 1.6; }
  nav { position: static; width: auto; padding: 0 0 6mm; background: none; border: 0; font-size: 9.5pt; }
  nav ul { columns: 3; }
  nav a { padding: 1px 0; border: 0; }
  main { margin: 0; padding: 0; max-width: none; }
  h1 { background: none; color: #1f3a5f; padding: 0; border-bottom: 2pt solid #1f3a5f; }
  h1, h2, h3 { break-after: avoid; }
  tr, pre, img { break-inside: avoid; }
  table, table.wide { font-size: 8.5pt; }
  a { color: inherit; text-decoration: none; }
  pre { overflow: visible; }
  pre code { font-size: 7.5pt; white-space: pre-wrap; overflow-wrap: anywhere; }
}
"""
