// The wire between browser and server, which a test can cut and heal: a TCP relay. Cutting resets
// what is open and refuses what is new, so every engine meets a real network failure and not an
// emulated one.
import net from 'node:net';

export class Proxy {
    constructor(target) {
        this.target = target;
        this.sockets = new Set();
        this.bytes = 0;
        this.connections = 0;
        this.port = 0;
    }

    async listen() {
        this.server = net.createServer((from) => this.relay(from));
        this.server.listen(this.port, '127.0.0.1');
        await new Promise((resolve, reject) => {
            this.server.once('listening', resolve);
            this.server.once('error', reject);
        });
        this.port = this.server.address().port;
        return this;
    }

    relay(from) {
        this.connections++;
        const to = net.connect(this.target, '127.0.0.1');
        for (const socket of [from, to]) {
            socket.setNoDelay(true);
            this.sockets.add(socket);
            socket.on('error', () => {});
            socket.on('close', () => {
                this.sockets.delete(socket);
                from.destroy();
                to.destroy();
            });
        }
        to.on('data', (chunk) => {
            this.bytes += chunk.length;
        });
        from.pipe(to);
        to.pipe(from);
    }

    get address() { return `http://127.0.0.1:${this.port}`; }

    async cut() {
        if (!this.server) return;
        const closed = new Promise((r) => this.server.close(r));
        this.server = null;
        for (const socket of this.sockets)
            socket.resetAndDestroy();
        await closed;
    }

    async heal() {
        if (!this.server) await this.listen();
    }
}
