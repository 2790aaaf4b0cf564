// Mends what Streamlit leaves out for those who use a keyboard or a screen reader.
(() => {
  if (window.sediffMended) return;
  window.sediffMended = true;

  const mend = () => {
    // A table that is wider than its screen scrolls: the keyboard must reach it.
    document.querySelectorAll('.stTable > div').forEach((box) => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    });
    // On a narrow screen the pages stand in lists whose items have boxes between them.
    document.querySelectorAll('[data-testid="stSidebarNavItems"]').forEach((list) => {
      const items = [...list.querySelectorAll('li')].filter((item) => item.parentElement !== list);
      if (items.length) list.setAttribute('role', 'group');
      items.forEach((item) => item.parentElement.setAttribute('role', 'list'));
      if (items.length) {
        [...list.children]
          .filter((item) => item.tagName === 'LI')
          .forEach((item) => item.setAttribute('role', 'none'));
      }
    });
  };

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(mend, 150);
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener('resize', soon);
  mend();
})();
