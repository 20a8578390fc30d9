// Whether an address is on the public internet, so that connecting to an address that a stranger
// gave does not reach into the building (RFC 6890 and its registries).
#pragma once

struct sockaddr;

namespace tocsin::channel {

// False for this machine, private and shared networks, links, tests, multicast, IPv6 addresses that
// contain an IPv4 address, and address families other than these two.
bool is_public(const sockaddr& address) noexcept;
// An address of the loopback.
bool is_this_machine(const sockaddr& address) noexcept;

}  // namespace tocsin::channel
