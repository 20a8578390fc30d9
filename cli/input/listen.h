// Reads the address on which a server shall listen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::cli {

struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;  // 0: the system chooses
};

// Accepts "127.0.0.1:8440", "[::1]:8440", and ":8440" for every IPv4 address of this machine.
// Faults (usage) name the flag.
ListenAddress read_listen(std::string_view flag, const std::string& text);

}  // namespace tocsin::cli
