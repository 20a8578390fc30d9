#include "channel/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

namespace tocsin::channel {

namespace {

struct Block {
  std::uint32_t address;
  int bits;
};
constexpr Block kNotPublic[] = {
    {0x00000000, 8},   // this network
    {0x0a000000, 8},   // private
    {0x64400000, 10},  // shared by a carrier's customers
    {0x7f000000, 8},   // this machine
    {0xa9fe0000, 16},  // this link, and the metadata services of cloud providers
    {0xac100000, 12},  // private
    {0xc0000000, 24},  // protocols
    {0xc0000200, 24},  // documentation
    {0xc0586300, 24},  // 6to4 relays, no longer in use
    {0xc0a80000, 16},  // private
    {0xc6120000, 15},  // benchmarks
    {0xc6336400, 24},  // documentation
    {0xcb007100, 24},  // documentation
    {0xe0000000, 3},   // multicast, reserved and broadcast
};

bool is_public_4(std::uint32_t address) noexcept {
  return std::none_of(std::begin(kNotPublic), std::end(kNotPublic), [&](const Block& block) {
    return (address ^ block.address) >> (32 - block.bits) == 0;
  });
}

// Global unicast, 2000::/3, except 2001::/23 (Teredo and others), documentation and 6to4.
bool is_public_6(std::span<const std::uint8_t, 16> a) noexcept {
  const auto two = [&](std::size_t at) { return static_cast<unsigned>(a[at] << 8 | a[at + 1]); };
  if (a[0] >> 5 != 1) return false;
  if (two(0) == 0x2001 && (two(2) < 0x0200 || two(2) == 0x0db8)) return false;
  return two(0) != 0x2002 && (two(0) != 0x3fff || two(2) >= 0x1000);
}

}  // namespace

bool is_public(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return is_public_4(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return is_public_6(six.sin6_addr.s6_addr);
  }
  return false;
}

bool is_this_machine(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return ntohl(four.sin_addr.s_addr) >> 24 == 127;
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 six{};
  std::memcpy(&six, &address, sizeof six);
  return std::memcmp(&six.sin6_addr, &in6addr_loopback, sizeof six.sin6_addr) == 0;
}

}  // namespace tocsin::channel
