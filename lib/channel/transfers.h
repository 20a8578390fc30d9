// Runs transfers of libcurl a few at a time, over connections that stay open. What a transfer is
// and what came of it is its caller's. Used by one thread, but for `interrupt` and `resume`.
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "base/instant.h"

namespace tocsin::channel {

class Transfers {
 public:
  Transfers();
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  // Transfer `index` uses the handle `easy`, which has been reset, and is the only one in `slot`,
  // which is less than the window.
  struct Turn {
    std::size_t index;
    std::size_t slot;
    CURL* easy;
  };
  // `begin` sets a transfer up, or returns false to begin neither this nor any later one. `finish`
  // is called for each that has begun, unless it is interrupted.
  void run(std::size_t count, std::size_t window, const std::function<bool(const Turn&)>& begin,
           const std::function<void(const Turn&, CURLcode)>& finish);

  // May be called from any thread. Transfers in progress, and all others until `resume`, end at
  // once.
  void interrupt() noexcept;
  void resume() noexcept { interrupted_.store(false); }

 private:
  struct FreeEasy {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };

  static curl_socket_t open_socket(void* transfers, curlsocktype, curl_sockaddr* to);
  static int close_socket(void* transfers, curl_socket_t socket);

  CURLM* multi_ = nullptr;
  std::set<curl_socket_t> sockets_;                       // that are open
  std::vector<std::unique_ptr<CURL, FreeEasy>> handles_;  // by slot
  std::atomic<bool> interrupted_{false};
};

}  // namespace tocsin::channel
