"""Postfix and Dovecot, as a hospital may have them: submission with STARTTLS and a login, and a
mailbox by IMAP over TLS. Both run from a folder of their own, on ports of loopback that nobody else
has, and end with whoever started this.

    mail_servers.py FOLDER CERTIFICATE KEY

Prints "mail servers at smtp://127.0.0.1:PORT imaps://127.0.0.1:PORT", or "skipped: WHY" and ends.
The user is call-ins with the password secret, and ana@hospital.test has a mailbox of the same
password. Mail to full@hospital.test is refused at once; mail to gone@hospital.test bounces.
"""

import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys

DOVECOT = """
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{folder}/mail/%n
mail_uid = {user}
mail_gid = {user}
first_valid_uid = 1
auth_username_format = %n
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imap}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener auth-postfix {{
    mode = 0666
  }}
}}
"""

POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.hospital.test
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = hospital.test
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
lmtp_host_lookup = native
default_transport = error:nothing leaves this machine
smtp_host_lookup = native
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/dovecot/auth-postfix
smtpd_sasl_local_domain = hospital.test
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{ full@hospital.test=REJECT }},
  permit_sasl_authenticated, reject
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
"""

MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def end_with_parent(number=signal.SIGTERM):
    ctypes.CDLL(None).prctl(1, number)  # PR_SET_PDEATHSIG


def skip(why):
    print("skipped:", why, flush=True)
    sys.exit()


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def await_greeting(port, process):
    """Until the server greets: there is nothing else that says so."""
    while process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 30):
                return
        except ConnectionRefusedError:
            continue
    skip(f"a server ended at once with {process.returncode}")


def write(folder, ports, certificate, key):
    # Dovecot keeps its mail as a user that may not be root.
    user = pwd.getpwnam("nobody")
    values = {"folder": folder, "certificate": certificate, "key": key, "user": user.pw_uid, **ports}
    (folder / "dovecot.conf").write_text(DOVECOT.format(**values))
    (folder / "users").write_text("".join(
        f"{name}:::::::\n".replace(":::", f"::{user.pw_uid}:{user.pw_gid}", 1)
        for name in ("call-ins", "ana")))
    config = folder / "postfix"
    config.mkdir()
    (config / "main.cf").write_text(POSTFIX.format(**values))
    (config / "master.cf").write_text(MASTER.format(**values))
    for name in ("mail", "queue", "data", "dovecot"):
        (folder / name).mkdir()
    os.chown(folder / "mail", user.pw_uid, user.pw_gid)
    postfix = pwd.getpwnam("postfix")
    os.chown(folder / "data", postfix.pw_uid, postfix.pw_gid)
    return config


def main():
    end_with_parent()
    folder, certificate, key = (pathlib.Path(one) for one in sys.argv[1:])
    for program in ("postfix", "dovecot", "postconf"):
        if not shutil.which(program, path="/usr/sbin:/usr/bin"):
            skip(f"{program} is not installed: sh cli/packages.sh mail")
    if os.geteuid() != 0:
        skip("Postfix and Dovecot begin as root")
    folder.chmod(0o755)  # Postfix's own user looks into it
    ports = dict(zip(("smtp", "imap", "lmtp"), free_ports(3)))
    config = write(folder, ports, certificate, key)
    log = (folder / "output.log").open("wb")
    dovecot = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", folder / "dovecot.conf"],
                               stdout=log, stderr=log, preexec_fn=end_with_parent)
    subprocess.run(["/usr/sbin/postfix", "-c", config, "check"], stdout=log, stderr=log, check=False)
    postfix = subprocess.Popen(["/usr/lib/postfix/sbin/master", "-c", config, "-d"],
                               stdout=log, stderr=log, preexec_fn=end_with_parent)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        await_greeting(ports["imap"], dovecot)
        await_greeting(ports["smtp"], postfix)
        print(f"mail servers at smtp://127.0.0.1:{ports['smtp']} imaps://127.0.0.1:{ports['imap']}",
              flush=True)
        postfix.wait()
    finally:
        for server in (postfix, dovecot):
            server.terminate()
        for server in (postfix, dovecot):
            server.wait()


if __name__ == "__main__":
    main()
