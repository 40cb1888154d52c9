/**
 * Rules of the script-free pages. They select by class (a bare element selector reaches further than it means), sizes of
 * text are in rem and logical directions are used throughout, so that large text and right-to-left names fit.
 */
export const RULES = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body,h1,h2,p,ul,ol,dl,dd,fieldset,legend{margin:0;padding:0}
ul,ol{list-style:none}
fieldset{border:0;min-width:0}
button,input{font:inherit;color:inherit;margin:0}
svg{display:block;flex:none}
bdi{overflow-wrap:anywhere}
body{background:var(--canvas);color:var(--text);font:400 1rem/1.5 var(--font);overflow-wrap:break-word;-webkit-font-smoothing:antialiased}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:var(--r-control)}

.frame{min-height:100vh;min-height:100svh;display:flex;flex-direction:column;align-items:center;padding:var(--s-6) var(--s-4) var(--s-5)}
.brand{display:flex;align-items:center;gap:var(--s-2);font-weight:650;font-size:1.125rem;line-height:1.25;letter-spacing:-.01em;margin-block:min(6vh,3rem) var(--s-5)}
.brand svg{color:var(--accent)}
.card{width:100%;max-width:460px;background:var(--surface);border:1px solid var(--line);border-radius:var(--r-card);padding:var(--s-6);display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-5)}
.foot{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:center;gap:var(--s-1) var(--s-4);margin-top:var(--s-5);font-size:.875rem;color:var(--muted);max-width:460px;text-align:center}

.head{display:grid;gap:var(--s-2)}
.title{font-size:1.75rem;font-weight:650;line-height:1.25;letter-spacing:-.015em;text-wrap:balance;overflow-wrap:anywhere}
.section{font-size:1rem;font-weight:600;line-height:1.25}
.legend{padding-bottom:var(--s-2)}
.block{display:block}
.unseen{display:none}
.stack{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-4)}
.roomy{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-5)}
.tight{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-2)}
.lead{color:var(--muted)}
.small{font-size:.875rem}
.quiet{color:var(--muted);font-size:.875rem}
.strong{font-weight:600}
.link{color:var(--accent);overflow-wrap:anywhere;text-decoration:underline;text-underline-offset:.2em;text-decoration-thickness:1px;display:inline-block;padding-block:var(--s-1)}
.link:hover{color:var(--accent-hover);text-decoration-thickness:2px}
.links{display:flex;flex-wrap:wrap;gap:var(--s-1) var(--s-5)}

.who{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 var(--s-4);margin:calc(-1*var(--s-2)) 0 0;padding-bottom:var(--s-3);border-bottom:1px solid var(--line);font-size:.875rem;color:var(--muted)}
.app{display:flex;gap:var(--s-3);align-items:flex-start}
.tile{flex:none;width:44px;height:44px;border-radius:var(--r-card);background:var(--accent-soft);color:var(--accent-text);display:grid;place-items:center;font-weight:650;font-size:20px;line-height:1;border:1px solid transparent;overflow:hidden}
.facts{min-width:0}

.field{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-1)}
.label{font-weight:600}
.help{color:var(--muted);font-size:.875rem}
.input{width:100%;min-height:var(--height);padding:var(--s-2) var(--s-3);background:var(--surface);border:1px solid var(--control);border-radius:var(--r-control);line-height:1.5}
.input::placeholder{color:var(--hint);opacity:1}
.input:hover{border-color:var(--text)}
.input[aria-invalid]{border-color:var(--danger);box-shadow:inset 0 0 0 1px var(--danger)}
.code{font-family:var(--mono);font-size:1.375rem;letter-spacing:.12em;text-align:center;font-variant-numeric:tabular-nums}
.wrong{color:var(--danger-text);font-size:.875rem;font-weight:600}

.actions{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-3)}
.pair{display:flex;flex-wrap:wrap;gap:var(--s-3)}
.pair>*{flex:1 1 9rem;min-width:0}
.button{display:inline-flex;align-items:center;justify-content:center;gap:var(--s-2);width:100%;min-height:var(--height);padding:var(--s-2) var(--s-4);border:1px solid var(--control);border-radius:var(--r-control);background:var(--surface);color:var(--text);font-weight:600;line-height:1.25;text-align:center;text-decoration:none;cursor:pointer;overflow-wrap:anywhere}
.button:hover{background:var(--sunken);border-color:var(--text)}
.button svg{color:var(--muted)}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.primary:hover{background:var(--accent-hover);border-color:var(--accent-hover)}
.primary svg{color:inherit}
.revoke{border-color:var(--danger);color:var(--danger)}
.revoke:hover{border-color:var(--danger);background:var(--danger-soft);color:var(--danger-text)}
.fit{width:auto}
.plain{display:inline;width:auto;min-height:24px;padding:var(--s-1) 0;border:0;background:none;color:var(--accent);font-weight:400;text-decoration:underline;text-underline-offset:.2em;cursor:pointer;text-align:start}
.plain:hover{color:var(--accent-hover);text-decoration-thickness:2px}

.or{display:flex;align-items:center;gap:var(--s-3);color:var(--muted);font-size:.875rem}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}

.box{display:grid;grid-template-columns:auto minmax(0,1fr);gap:var(--s-1) var(--s-3);padding:var(--s-3) var(--s-4);border-radius:var(--r-control);border:1px solid var(--line);background:var(--sunken)}
.box>svg{margin-top:.125rem;grid-row:span 2}
.box>.tight{grid-column:2}
.box .link{color:inherit}
.panel{padding:var(--s-3) var(--s-4);border-radius:var(--r-control);border:1px solid var(--line);background:var(--sunken)}
.bad{background:var(--danger-soft);color:var(--danger-text);border-color:var(--danger)}
.warn{background:var(--warn-soft);color:var(--warn-text);border-color:var(--warn-line)}
.good{background:var(--ok-soft);color:var(--ok-text);border-color:var(--ok-line)}
.note{background:var(--accent-soft);color:var(--accent-text);border-color:transparent}
.mark{width:48px;height:48px;border-radius:var(--r-pill);display:grid;place-items:center;border:1px solid transparent}

.rows{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-3)}
.dots{list-style:disc;padding-inline-start:1.25rem}
.row{display:flex;gap:var(--s-3);align-items:flex-start}
.row>svg{margin-top:.12em;color:var(--muted)}
.choice{display:flex;gap:var(--s-3);align-items:flex-start;min-height:var(--height);padding:var(--s-2) var(--s-3);border:1px solid var(--line);border-radius:var(--r-control);cursor:pointer}
.choice:hover{border-color:var(--control);background:var(--sunken)}
.tick{flex:none;width:20px;height:20px;margin-top:.15em;accent-color:var(--accent)}
.choices{display:flex;flex-wrap:wrap;gap:var(--s-2)}
.choices>.choice{flex:1 1 7.5rem;align-items:center}
.choices .tick{margin-top:0}
.tag{display:inline-block;padding:0 var(--s-2);border-radius:var(--r-pill);font-size:.8125rem;font-weight:600;line-height:1.5;white-space:nowrap;background:var(--accent-soft);color:var(--accent-text);border:1px solid transparent}
.tag.ok{background:var(--ok-soft);color:var(--ok-text)}
.item{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-3);padding-block:var(--s-4);border-top:1px solid var(--line)}
.item:first-child{border-top:0;padding-top:0}
.split{display:flex;flex-wrap:wrap;gap:var(--s-3);align-items:center;justify-content:space-between}
.split>.facts{flex:1 1 14rem}

.more{border-top:1px solid var(--line);padding-top:var(--s-3);font-size:.875rem}
.summary{cursor:pointer;color:var(--muted);min-height:24px;padding-block:var(--s-1)}
.pairs{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s-2);padding-top:var(--s-2)}
.term{color:var(--muted)}
.value{overflow-wrap:anywhere}
.mono{font-family:var(--mono);overflow-wrap:anywhere}
.big{font-size:1.375rem;letter-spacing:.12em;font-weight:600}
.qr{width:min(100%,216px);height:auto;justify-self:center;background:#fff;border-radius:var(--r-control);margin-block:var(--s-1)}

@media (max-width:480px){
body{background:var(--surface)}
.frame{padding:var(--s-4) var(--s-4) var(--s-5)}
.brand{align-self:flex-start;margin-block:0 var(--s-5)}
.card{border:0;border-radius:0;padding:0}
.foot{margin-top:auto;padding-top:var(--s-6);justify-content:flex-start;text-align:start;align-self:flex-start}
.title{font-size:1.5rem}
.choices>.choice{flex-basis:100%}
}
@media (prefers-reduced-motion:no-preference){
.button,.input,.choice{transition:background-color .12s ease-out,border-color .12s ease-out}
}
@media (forced-colors:active){
.tile,.tag,.mark,.note{border-color:CanvasText}
.button,.input,.choice{border-color:ButtonBorder}
.input[aria-invalid]{border-width:3px}
.primary{forced-color-adjust:none;background:Highlight;color:HighlightText;border-color:Highlight}
:focus-visible{outline-color:Highlight}
.tick{accent-color:auto}
.qr{forced-color-adjust:none}
}
@media print{.foot,.actions{display:none}}
`;
