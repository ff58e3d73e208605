"""socketio-clients.py URL ORIGIN FOREIGN_ORIGIN JPEG: python-socketio by each of its ways; prints a line for what it sees."""
import base64
import hashlib
import re
import sys
import threading

import socketio

url, own, foreign, path = sys.argv[1:]
with open(path, 'rb') as file:
    jpeg = file.read()
lock = threading.Lock()


def say(*words):
    with lock:
        print(*words, flush=True)


def clients(way, transports):
    name = 'python-' + way
    viewer = socketio.Client()

    @viewer.on('frame')
    def frame(picture):
        seq = re.search(rb'"seq":(\d+)', picture[:80]).group(1).decode()
        say(name, 'frame', seq, hashlib.sha256(picture).hexdigest())

    viewer.connect(url, headers={'Origin': own}, auth={'stream': 'demo'}, transports=transports, wait_timeout=60)
    mirror = socketio.Client()
    answered = threading.Event()
    mirror.on('frame', lambda picture: answered.set())
    mirror.connect(url, headers={'Origin': own}, auth={'stream': 'mi'}, transports=transports, wait_timeout=60)
    for form in (jpeg, base64.encodebytes(jpeg).decode(), 'data:image/jpeg;base64,' + base64.b64encode(jpeg).decode()):
        answered.clear()
        status = mirror.call('frame', form, timeout=60)['status']
        if status != 202 or not answered.wait(60):
            say(name, 'failed', status)
    say(name, 'mirrored', mirror.transport())
    mirror.disconnect()
    stranger = socketio.Client(reconnection=False)
    try:
        stranger.connect(url, headers={'Origin': foreign}, transports=transports, wait_timeout=60)
        say(name, 'foreign', 'admitted')
        stranger.disconnect()
    except socketio.exceptions.ConnectionError:
        say(name, 'foreign', 'refused')
    viewer.wait()


for way, transports in (('polling', ['polling']), ('websocket', ['websocket']), ('upgrade', None)):
    threading.Thread(target=clients, args=(way, transports)).start()
