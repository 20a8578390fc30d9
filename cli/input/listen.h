// Where a server of ours is to listen, as people write it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::cli {

struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;  // 0: the system chooses
};

// "127.0.0.1:8440", "[::1]:8440", or ":8440" for every IPv4 address of this machine. Faults (usage)
// name the flag that it was given with.
ListenAddress read_listen(std::string_view flag, const std::string& text);

}  // namespace tocsin::cli
