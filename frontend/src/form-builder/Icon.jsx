// The sign of a kind: letters that every font has, or the lines of a drawing of 24 by 24.
export const Icon = ({ sign }) => (
  <span class="fb-icon" aria-hidden="true">
    {/^M[\d ]/.test(sign) ? <svg viewBox="0 0 24 24" focusable="false"><path d={sign} /></svg> : sign}
  </span>
);
