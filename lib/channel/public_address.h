// Whether an address is one of the open internet, so that what a stranger names can be connected to
// without reaching into the building (RFC 6890 and the registries that it began).
#pragma once

struct sockaddr;

namespace tocsin::channel {

// False for this machine, private and shared networks, links, tests, multicast, whatever embeds an
// address of version 4 in one of version 6, and for families other than these two.
bool is_public(const sockaddr& address) noexcept;

}  // namespace tocsin::channel
