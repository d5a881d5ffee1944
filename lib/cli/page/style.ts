/** The style sheet of the page: one column on a telephone, and contrast of at least 4.5 in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --back: #ffffff; --band: #f3f5f7; --link: #0550ae;
  --good: #116329; --warn: #7d4e00; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #a0a9b3; --line: #3d444d; --back: #0d1117; --band: #161b22;
  --link: #6cb6ff; --good: #56d364; --warn: #e3b341; --bad: #ff8a84; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
header, main { max-width: 72rem; margin: 0 auto; padding: 0.75rem 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; align-items: baseline; border-bottom: 1px solid var(--line); }
header strong { margin-right: auto; }
a { color: var(--link); }
a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--back); padding: 0.25rem 0.5rem; }
h1 { font-size: 1.35rem; margin: 0.5rem 0 0.75rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.5rem 0; }
.quiet { color: var(--quiet); }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.35rem 0.6rem; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; background: var(--band); font-weight: 600; white-space: nowrap; }
td { max-width: 24rem; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.whole { white-space: nowrap; }
code, pre, td.mono { font: 13px/1.5 ui-monospace, monospace; }
pre { margin: 0; padding: 0.6rem 0.75rem; overflow: auto; max-height: 32rem; background: var(--band); border: 1px solid var(--line); border-radius: 6px; }
form { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: end; margin: 0.5rem 0; }
label { display: grid; gap: 0.15rem; color: var(--quiet); font-size: 13px; }
input { font: inherit; color: var(--text); background: var(--back); border: 1px solid #818b98; border-radius: 6px; padding: 0.3rem 0.5rem; max-width: 100%; }
input[type='checkbox'] { width: 1rem; height: 1rem; }
label.check { display: inline-flex; align-items: center; gap: 0.4rem; }
button { font: inherit; color: var(--text); background: var(--band); border: 1px solid #818b98; border-radius: 6px; padding: 0.3rem 0.8rem; cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 30rem) { th, td { padding: 0.3rem 0.4rem; font-size: 13px; } code, pre, td.mono { font-size: 12px; } }
iframe { display: block; width: 100%; height: 80vh; border: 1px solid var(--line); border-radius: 6px; background: #ffffff; }
select { font: inherit; color: var(--text); background: var(--back); border: 1px solid #818b98; border-radius: 6px; padding: 0.3rem 0.5rem; }
td form, .row form { margin: 0; }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; margin: 0.5rem 0; }
details { margin: 0.75rem 0; }
nav.pages { display: flex; gap: 1rem; margin: 0.75rem 0; }
`;

/**
 * The script of the page: renews what is shown every two seconds, as long as the box is ticked and nothing in it is in use. Without it
 * the page works by reloading.
 */
export const SCRIPT = `
(() => {
  const box = document.getElementById('live');
  if (box === null) return;
  box.closest('label').hidden = false;
  setInterval(async () => {
    const part = document.getElementById('renewed');
    if (!box.checked || document.hidden || part.contains(document.activeElement)) return;
    try {
      const response = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      part.replaceChildren(...page.getElementById('renewed').childNodes);
    } catch {
      box.checked = false;
    }
  }, 2000);
})();
`;
