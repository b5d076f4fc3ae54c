// A WebSocket that carries numbered calls and events, as DevTools and WebDriver BiDi both do.
import WebSocket from 'ws';

export class Socket {
    static async open(address) {
        const socket =
            new WebSocket(address, {perMessageDeflate: false, maxPayload: 256 * 1024 * 1024});
        await new Promise((resolve, reject) => {
            socket.once('open', resolve);
            socket.once('error', reject);
        });
        return new Socket(socket);
    }

    constructor(socket) {
        this.socket = socket;
        this.next = 1;
        this.waiting = new Map();
        this.listeners = new Set();
        socket.on('message', (data) => this.take(JSON.parse(data.toString())));
        const lost = () => {
            for (const {reject, name} of this.waiting.values())
                reject(new Error(`the browser went away during ${name}`));
            this.waiting.clear();
        };
        socket.on('close', lost);
        socket.on('error', lost);
    }

    take(message) {
        const call = message.id !== undefined && this.waiting.get(message.id);
        if (!call) {
            for (const listener of this.listeners)
                listener(message);
            return;
        }
        this.waiting.delete(message.id);
        if (message.error) {
            const {error} = message;
            call.reject(
                new Error(`${call.name}: ${error.message ?? `${error} ${message.message ?? ''}`}`));
        } else
            call.resolve(message.result);
    }

    // Errors: rejects when the browser refuses, goes away, or says nothing for a minute.
    call(message) {
        const id = this.next++;
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
                this.waiting.delete(id);
                reject(new Error(`${message.method}: no answer in 60 s`));
            }, 60000);
            const settle = (how) => (value) => {
                clearTimeout(timer);
                how(value);
            };
            this.waiting.set(
                id, {resolve: settle(resolve), reject: settle(reject), name: message.method});
            if (this.socket.readyState !== WebSocket.OPEN)
                this.waiting.get(id).reject(new Error('the browser is gone'));
            else
                this.socket.send(JSON.stringify({id, ...message}));
        });
    }

    listen(listener) { this.listeners.add(listener); }

    // Resolves with the first message that `matches`; `cancel()` stops waiting for it.
    once(matches) {
        let listener;
        const found = new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
                this.listeners.delete(listener);
                reject(new Error('the page did not load in 60 s'));
            }, 60000);
            listener = (message) => {
                if (!matches(message)) return;
                clearTimeout(timer);
                this.listeners.delete(listener);
                resolve(message);
            };
            listener.stop = () => {
                clearTimeout(timer);
                this.listeners.delete(listener);
            };
            this.listeners.add(listener);
        });
        found.cancel = () => listener.stop();
        return found;
    }
}
