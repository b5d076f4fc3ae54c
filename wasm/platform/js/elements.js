// Which element a role becomes, and what each attribute of a node is called in HTML: native
// elements first, ARIA only where HTML has no word. Writes nothing but attributes, classes and
// CSSOM styles.
mergeInto(LibraryManager.library, {
    $makeElements__deps: ['$Nodes', '$setText'],
    $makeElements: function() {
        const R = Nodes.role;
        const F = Nodes.flag;
        const TAGS = [
            'div',     'header',     'nav',   'main',  'footer', 'aside', 'div',   'section',
            'article', 'form',       'div',   'div',   'ul',     'li',    'table', 'tr',
            'th',      'th',         'td',    'div',   'div',    'div',   'div',   'div',
            'div',     'blockquote', 'pre',   'a',     'button', 'input', 'input', 'select',
            'option',  'input',      'input', 'input', 'h2',     'p',     'span',  'label',
            'span',    'div',        'hr'
        ];
        // Tables and lists lose their native role when a style sheet takes their display away, so
        // it is said.
        const ARIA = {
            [R.Search]: 'search',
            [R.Group]: 'group',
            [R.RadioGroup]: 'radiogroup',
            [R.List]: 'list',
            [R.Table]: 'table',
            [R.TableRow]: 'row',
            [R.ColumnHeader]: 'columnheader',
            [R.RowHeader]: 'rowheader',
            [R.Cell]: 'cell',
            [R.Dialog]: 'dialog',
            [R.Alert]: 'alert',
            [R.Status]: 'status',
            [R.ListBox]: 'listbox',
            [R.OptionGroup]: 'group',
            [R.ListOption]: 'option',
            [R.ComboBox]: 'combobox',
            [R.Image]: 'img',
            [R.Progress]: 'progressbar'
        };
        const TYPES = [
            'text',
            'textarea',
            'search',
            'number',
            'email',
            'tel',
            'url',
            'date',
            'time',
            'datetime-local',
            'password',
            'text'
        ];
        const MODES = ['', 'none', 'text', 'decimal', 'numeric', 'tel', 'search', 'email', 'url'];
        const LONG_TEXT = 1;
        const FIELDS = [R.TextField, R.ComboBox, R.Select, R.CheckBox, R.Radio, R.FileField];
        const TEXTS = [R.Heading, R.Paragraph, R.Text, R.Label, R.Code, R.SelectOption];
        const EDITED = [R.TextField, R.ComboBox, R.Select];

        const domId = (id) => 'n' + id.toString(16);
        const refs = (...ids) => ids.filter((id) => id !== 0).map(domId).join(' ');

        function attribute(element, name, value) {
            if (value === '' || value === null || value === undefined)
                element.removeAttribute(name);
            else if (element.getAttribute(name) !== String(value))
                element.setAttribute(name, value);
        }

        function tagOf(node) {
            if (node.role === R.Heading) return 'h' + Math.min(6, Math.max(1, node.set.level));
            if (node.role === R.List && node.flags & F.Ordered) return 'ol';
            if (node.role === R.TextField && node.field && node.field.type === LONG_TEXT)
                return 'textarea';
            if (node.role === R.Label && node.links.labels === 0) return 'span';
            return TAGS[node.role];
        }

        function create(node) {
            const element = document.createElement(tagOf(node));
            // The main part has the name that the skip link leads to.
            element.id = node.role === R.Main ? 'main' : domId(node.id);
            element.className = 'n';
            if (ARIA[node.role]) element.setAttribute('role', ARIA[node.role]);
            if (node.role === R.Form) element.noValidate = true;
            if (node.role === R.ColumnHeader) element.scope = 'col';
            if (node.role === R.RowHeader) element.scope = 'row';
            if (node.role === R.CheckBox) element.type = 'checkbox';
            if (node.role === R.Radio) element.type = 'radio';
            if (node.role === R.FileField) element.type = 'file';
            if (node.role === R.ComboBox) element.setAttribute('aria-autocomplete', 'list');
            return element;
        }

        function setRect(element, [x, y, w, h]) {
            const style = element.style;
            style.left = x + 'px';
            style.top = y + 'px';
            style.width = w + 'px';
            style.height = h + 'px';
        }

        function setStates(element, node) {
            const is = (flag) => (node.flags & flag) !== 0;
            const told = (flag, value) => (is(flag) ? String(value) : null);
            const isField = FIELDS.includes(node.role);
            if (isField)
                element.disabled = is(F.Disabled);
            else
                attribute(element, 'aria-disabled', told(F.Disabled, true));
            if (node.role === R.CheckBox || node.role === R.Radio) {
                element.checked = is(F.Checked);
                element.indeterminate = is(F.Mixed);
            }
            if (node.role === R.ListOption) element.setAttribute('aria-selected', is(F.Selected));
            if (node.role === R.Button) element.type = is(F.Submit) ? 'submit' : 'button';
            if (node.role === R.Dialog) attribute(element, 'aria-modal', told(F.Modal, true));
            attribute(element, 'aria-expanded', told(F.Expandable, is(F.Expanded)));
            attribute(element, 'aria-pressed', told(F.Pressable, is(F.Pressed)));
            attribute(element, 'aria-required', told(F.Required, true));
            attribute(element, 'aria-invalid', told(F.Invalid, true));
            attribute(element, 'aria-busy', told(F.Busy, true));
            attribute(element, 'aria-current', told(F.Current, 'page'));
            attribute(element, 'aria-live', told(F.Live, 'polite'));
            if (node.role === R.Link) setTarget(element, node.flags);
            setPlane(element, node, is);
            const native = isField || node.role === R.Link || node.role === R.Button;
            const canFocus = is(F.Focusable) || [R.Main, R.Dialog].includes(node.role) ||
                (node.role === R.Heading && element.tagName === 'H1');
            if (canFocus && !native) element.tabIndex = -1;
        }

        function setPlane(element, node, is) {
            const list = element.classList;
            list.toggle('fixed', is(F.Fixed));
            list.toggle('scroll', is(F.Scroll));
            list.toggle('above', is(F.AbovePage));
            list.toggle('clipped', is(F.Clipped));
            list.toggle('spoken', is(F.VisuallyHidden));
        }

        function setTarget(link, flags) {
            attribute(link, 'target', flags & F.External ? '_blank' : null);
            attribute(link, 'rel', flags & F.External ? 'noopener noreferrer' : null);
            link.toggleAttribute('download', (flags & F.Download) !== 0);
        }

        function setLinks(element, node) {
            const links = node.links;
            attribute(element, 'aria-labelledby', refs(links.labelledBy));
            attribute(element, 'aria-describedby', refs(links.describedBy, links.describedAlso));
            attribute(element, 'aria-errormessage', refs(links.errorBy));
            attribute(element, 'aria-controls', refs(links.controls));
            attribute(element, 'aria-activedescendant', refs(links.active));
            if (element.tagName === 'LABEL') attribute(element, 'for', refs(links.labels));
        }

        function setSet(element, node) {
            const set = node.set;
            attribute(element, 'aria-posinset', set.size > 0 ? set.pos : null);
            attribute(element, 'aria-setsize', set.size > 0 ? set.size : null);
            if (node.role !== R.Progress || set.max <= set.min) return;
            element.setAttribute('aria-valuenow', set.now);
            element.setAttribute('aria-valuemin', set.min);
            element.setAttribute('aria-valuemax', set.max);
        }

        function setField(element, node) {
            const field = node.field;
            if (field === null) return;
            if (element.tagName === 'INPUT' && EDITED.includes(node.role))
                element.type = node.role === R.ComboBox ? 'search' : TYPES[field.type];
            if (element.tagName === 'TEXTAREA') element.rows = field.rows || 4;
            attribute(element, 'name', field.name);
            attribute(element, 'autocomplete', field.autocomplete || 'off');
            attribute(element, 'placeholder', field.placeholder);
            attribute(element, 'inputmode', MODES[field.mode]);
            attribute(element, 'maxlength', field.length || null);
            attribute(element, 'min', field.min);
            attribute(element, 'max', field.max);
            attribute(element, 'step', field.step);
            element.spellcheck = field.spellcheck;
            const pad = field.pad;
            element.style.padding = `${pad.top}px ${pad.right}px ${pad.bottom}px ${pad.left}px`;
        }

        function setScroll(element, node) {
            let spacer = element.querySelector(':scope > i.spacer');
            if (!(node.flags & F.Scroll)) return spacer && spacer.remove();
            if (!spacer) {
                spacer = document.createElement('i');
                spacer.className = 'spacer';
                element.append(spacer);
            }
            spacer.style.height = node.scroll.height + 'px';
            if (node.scroll.to >= 0) element.scrollTop = node.scroll.to;
        }

        function setFont(element, style) {
            element.style.fontSize = style.size + 'px';
            element.style.lineHeight = style.line + 'px';
        }

        // Brings the element of `node` up to date in the groups of attributes that `changed` names.
        function update(element, node, changed, linkElement) {
            if (changed.rect) setRect(element, node.rect);
            if (changed.text) {
                if (EDITED.includes(node.role))
                    setFont(element, node.text.style);
                else if (TEXTS.includes(node.role))
                    setText(element, node.text, linkElement);
            }
            if (changed.name !== undefined) {
                attribute(element, 'aria-label', node.name);
                attribute(element, 'aria-description', node.description);
                attribute(element, 'lang', node.lang);
            }
            if (changed.href !== undefined && node.role === R.Link)
                attribute(element, 'href', node.href);
            if (changed.field !== undefined) setField(element, node);
            if (changed.flags !== undefined) setStates(element, node);
            if (changed.links) setLinks(element, node);
            if (changed.set) setSet(element, node);
            if (changed.scroll) setScroll(element, node);
        }

        return {create, update, setTarget, domId, isEdited: (role) => EDITED.includes(role)};
    },
});
