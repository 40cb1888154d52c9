import { PageScript } from './page-script.js';

/** Id of the line that says whether the page looks by itself; a page without it is no longer waiting. */
export const STILL_WAITING = 'still-waiting';

/**
 * Looks from time to time, while the page is seen, whether it would still wait if it were asked for anew, and moves on when it would
 * not. What it does stands in a status line, in the page's own words. Where the server refuses, the page stays as it is: what
 * stands on it is lost otherwise.
 */
export const WAITING_SCRIPT = new PageScript(
  `(()=>{
const line=document.getElementById('${STILL_WAITING}');
const {url,every,looking,answered,stopped}=line.dataset;
const look=async()=>{
if(document.hidden)return;
let shown;
try{
const answer=await fetch(url,{cache:'no-store'});
if(!answer.ok){
clearInterval(timer);
line.textContent=stopped;
return;
}
shown=await answer.text();
}catch{
return;
}
if(shown.includes('id="${STILL_WAITING}"'))return;
clearInterval(timer);
line.textContent=answered;
location.replace(url);
};
const timer=setInterval(()=>void look(),Number(every));
line.textContent=looking;
})()`,
  'connects',
);
