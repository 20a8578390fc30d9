#include "channel/public_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <string>

namespace tocsin::channel {
namespace {

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    auto& four = reinterpret_cast<sockaddr_in&>(storage);
    four.sin_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &four.sin_addr), 1) << text;
  } else {
    auto& six = reinterpret_cast<sockaddr_in6&>(storage);
    six.sin6_family = AF_INET6;
    EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &six.sin6_addr), 1) << text;
  }
  return channel::is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(PublicAddress, IsNoneInsideTheBuilding) {
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.0.0.1",
                              "10.255.255.255",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.255.255.254",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.0.2.1",
                              "192.88.99.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.1",
                              "203.0.113.9",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:127.0.0.1",
                              "::ffff:8.8.8.8",
                              "64:ff9b::a00:1",
                              "100::1",
                              "2001::1",
                              "2001:db8::1",
                              "2002:7f00:1::",
                              "3fff::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "fe80::1",
                              "fec0::1",
                              "ff02::1"})
    EXPECT_FALSE(is_public(address)) << address;
  for (const char* address :
       {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1",
        "128.0.0.1", "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.0.1",
        "198.17.0.1", "198.20.0.1", "223.255.255.255", "2001:4860:4860::8888", "2a00:1450::1",
        "2606:4700::1111", "3fff:1000::1"})
    EXPECT_TRUE(is_public(address)) << address;
}

// The registry of IPv4 special-purpose addresses (RFC 6890), written as people write it. Both ends
// of each block are inside, and their neighbours are outside unless another block begins there.
TEST(PublicAddress, AgreesWithTheRegistryAtEveryEdge) {
  struct Block {
    const char* first;
    const char* last;
  };
  constexpr Block kBlocks[] = {
      {"0.0.0.0", "0.255.255.255"},       {"10.0.0.0", "10.255.255.255"},
      {"100.64.0.0", "100.127.255.255"},  {"127.0.0.0", "127.255.255.255"},
      {"169.254.0.0", "169.254.255.255"}, {"172.16.0.0", "172.31.255.255"},
      {"192.0.0.0", "192.0.0.255"},       {"192.0.2.0", "192.0.2.255"},
      {"192.88.99.0", "192.88.99.255"},   {"192.168.0.0", "192.168.255.255"},
      {"198.18.0.0", "198.19.255.255"},   {"198.51.100.0", "198.51.100.255"},
      {"203.0.113.0", "203.0.113.255"},   {"224.0.0.0", "255.255.255.255"}};
  const auto number = [](const char* text) {
    in_addr address{};
    EXPECT_EQ(inet_pton(AF_INET, text, &address), 1);
    return std::uint64_t{ntohl(address.s_addr)};
  };
  const auto text = [](std::uint64_t value) {
    const in_addr address{htonl(static_cast<std::uint32_t>(value))};
    char buffer[INET_ADDRSTRLEN];
    return std::string{inet_ntop(AF_INET, &address, buffer, sizeof buffer)};
  };
  const auto is_inside = [&](std::uint64_t at) {
    for (const Block& block : kBlocks)
      if (at >= number(block.first) && at <= number(block.last)) return true;
    return false;
  };
  for (const Block& block : kBlocks)
    for (const std::uint64_t edge : {number(block.first), number(block.last)})
      for (const std::int64_t step : {-1, 0, 1}) {
        const std::uint64_t at = edge + static_cast<std::uint64_t>(step);
        if (at > 0xffffffffU) continue;  // before the first and after the last address
        EXPECT_EQ(is_public(text(at)), !is_inside(at)) << text(at);
      }
}

TEST(ThisMachine, IsTheLoopbackAlone) {
  const auto is_here = [](int family, const char* text) {
    sockaddr_storage address{};
    address.ss_family = static_cast<sa_family_t>(family);
    void* at = family == AF_INET
                   ? static_cast<void*>(&reinterpret_cast<sockaddr_in&>(address).sin_addr)
                   : static_cast<void*>(&reinterpret_cast<sockaddr_in6&>(address).sin6_addr);
    EXPECT_EQ(::inet_pton(family, text, at), 1);
    return channel::is_this_machine(reinterpret_cast<const sockaddr&>(address));
  };
  EXPECT_TRUE(is_here(AF_INET, "127.0.0.1"));
  EXPECT_TRUE(is_here(AF_INET, "127.255.255.254"));
  EXPECT_TRUE(is_here(AF_INET6, "::1"));
  for (const char* four : {"128.0.0.1", "126.255.255.255", "0.0.0.0", "10.0.0.1"})
    EXPECT_FALSE(is_here(AF_INET, four)) << four;
  for (const char* six : {"::", "::2", "fe80::1", "::ffff:127.0.0.1"})
    EXPECT_FALSE(is_here(AF_INET6, six)) << six;
}

TEST(PublicAddress, IsNoneOfAnotherFamily) {
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  EXPECT_FALSE(channel::is_public(reinterpret_cast<const sockaddr&>(local)));
  const sockaddr nothing{};
  EXPECT_FALSE(channel::is_public(nothing));
}

}  // namespace
}  // namespace tocsin::channel
