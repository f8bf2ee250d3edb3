/** The page's look: calm, near to what a reviewer is used to. */
export const STYLE = `
:root{--line:#d1d9e0;--soft:#f6f8fa;--text:#1f2328;--faint:#59636e;--green:#1a7f37;--red:#d1242f;--blue:#0969da}
*{box-sizing:border-box}
body{margin:0;font:14px/1.5 -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif;color:var(--text)}
header{display:flex;justify-content:space-between;gap:1rem;padding:14px 24px;background:var(--soft);border-bottom:1px solid var(--line)}
header span,small,.meta{color:var(--faint)}
main{max-width:920px;margin:0 auto;padding:20px 16px}
h1{font-size:26px;font-weight:400;margin:0 0 8px}h1 small{font-size:26px;font-weight:300}
.state{background:var(--green);color:#fff;border-radius:2em;padding:4px 12px;font-weight:500;margin-right:6px}.state.closed{background:var(--red)}
.meta{padding-bottom:16px;border-bottom:1px solid var(--line)}
.box{border:1px solid var(--line);border-radius:6px;margin:16px 0;overflow:hidden}
.box>h2{font-size:14px;font-weight:600;margin:0;padding:8px 16px;background:var(--soft);border-bottom:1px solid var(--line);display:flex;gap:8px;align-items:center;flex-wrap:wrap}
.box>h2 small{font-weight:400}
.label{border:1px solid var(--line);border-radius:2em;padding:0 6px;font-size:12px;font-weight:500;color:var(--faint)}
.markdown{padding:16px;overflow-wrap:break-word}
.markdown>:first-child{margin-top:0}.markdown>:last-child{margin-bottom:0}
.markdown h3{font-size:18px;margin:0 0 12px}
.markdown table{border-collapse:collapse;display:block;overflow-x:auto;max-width:100%;margin:0 0 16px}
.markdown th,.markdown td{border:1px solid var(--line);padding:6px 13px;text-align:left;vertical-align:top}.markdown [align=right]{text-align:right}
.markdown tr:nth-child(2n) td{background:var(--soft)}
.markdown ul{padding-left:22px}.markdown li{margin:3px 0}
.markdown details{margin:8px 0}
code{font:12px ui-monospace,SFMono-Regular,Menlo,monospace;background:#818b981f;padding:.2em .4em;border-radius:6px}
.markdown pre{margin:8px 0;padding:12px;background:#818b981f;border-radius:6px;overflow-x:auto}.markdown pre code{background:none;padding:0}
a{color:var(--blue);text-decoration:none}a code{color:inherit}
sub{color:var(--faint);font-size:12px;vertical-align:baseline}
.checks .mark{display:inline-grid;place-items:center;width:20px;height:20px;border-radius:50%;color:#fff;background:var(--faint);font-size:12px}
.checks.success .mark{background:var(--green)}.checks.failure .mark,.checks.action_required .mark{background:var(--red)}
.checks>details>summary{padding:10px 16px;cursor:pointer;color:var(--faint)}
.actions{display:flex;gap:8px;padding:0 16px}.actions button{background:var(--soft);color:var(--text);border:1px solid var(--line)}
.annotation{margin:0 16px 12px;padding:8px 12px;border:1px solid var(--line);border-left:4px solid #bf8700;border-radius:6px;display:grid;gap:4px;justify-items:start}.annotation.failure{border-left-color:var(--red)}.annotation.notice{border-left-color:var(--blue)}
.annotation pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:12px ui-monospace,SFMono-Regular,Menlo,monospace}
.dot{width:10px;height:10px;border-radius:50%;background:#bf8700}
.reactions{margin:0;padding:0 16px 12px}.reaction{border:1px solid var(--line);border-radius:2em;padding:2px 8px;margin-right:4px}
form.box{padding:12px 16px;display:grid;gap:8px}
textarea{font:inherit;padding:8px;border:1px solid var(--line);border-radius:6px;width:100%}
button{font:inherit;font-weight:500;justify-self:end;background:#1f883d;color:#fff;border:0;border-radius:6px;padding:6px 16px;cursor:pointer}
.source{margin:0;padding:8px 0 8px 4em;font:12px ui-monospace,SFMono-Regular,Menlo,monospace;color:var(--faint);overflow-x:auto}.source code{background:none;color:var(--text);white-space:pre;border-radius:0}.source :target{background:#fff8c5}
.files ul{list-style:none;margin:0;padding:8px 16px}.added{color:var(--green)}.removed{color:var(--red)}.changed{color:#9a6700}
@media(max-width:600px){h1,h1 small{font-size:20px}.markdown{padding:12px}.markdown th,.markdown td{padding:4px 8px}header{padding:10px 16px}}
`;
