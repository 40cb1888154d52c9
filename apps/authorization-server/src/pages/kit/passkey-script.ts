import { PageScript } from './page-script.js';

/**
 * Asks the device for a passkey as the page's hidden field `options` says (WebAuthn level 3, 5.1.8 to 5.1.10), puts its answer into
 * the field `answer` and sends the form. Asks by itself where the form says `at-once`, and whenever the button is pressed; what went wrong is told in the page's own words.
 */
export const PASSKEY_SCRIPT = new PageScript(
  `(()=>{
const form=document.getElementById('passkey');
const told=document.getElementById('passkey-problem');
const field=(name)=>form.elements.namedItem(name);
const isNew=form.dataset.ceremony==='create';
let busy=false;
const ask=async()=>{
if(busy)return;
busy=true;
told.hidden=true;
try{
const options=JSON.parse(field('options').value);
const made=isNew
?await navigator.credentials.create({publicKey:PublicKeyCredential.parseCreationOptionsFromJSON(options)})
:await navigator.credentials.get({publicKey:PublicKeyCredential.parseRequestOptionsFromJSON(options)});
field('answer').value=JSON.stringify(made.toJSON());
field('options').disabled=true;
HTMLFormElement.prototype.submit.call(form);
}catch{
told.hidden=false;
told.focus();
busy=false;
}
};
form.addEventListener('submit',(event)=>{event.preventDefault();void ask();});
document.getElementById('passkey-needs-script').hidden=true;
if(form.dataset.start==='at-once')void ask();
})()`,
);
