#include "channel/transfers.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "base/fault.h"

namespace tocsin::channel {

Transfers::Transfers() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    throw base::Fault(base::Exit::fault, "libcurl cannot start");
  multi_ = curl_multi_init();
  if (multi_ == nullptr) throw base::Fault(base::Exit::fault, "libcurl cannot start");
}

// libcurl says goodbye on each connection of SMTP and IMAP and waits two minutes for the answer.
// The end does not wait for a server that hangs.
Transfers::~Transfers() {
  for (const curl_socket_t socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  handles_.clear();
  curl_multi_cleanup(multi_);
  curl_global_cleanup();
}

curl_socket_t Transfers::open_socket(void* transfers, curlsocktype, curl_sockaddr* to) {
  const curl_socket_t socket = ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
  if (socket >= 0) static_cast<Transfers*>(transfers)->sockets_.insert(socket);
  return socket;
}

int Transfers::close_socket(void* transfers, curl_socket_t socket) {
  static_cast<Transfers*>(transfers)->sockets_.erase(socket);
  return ::close(socket);
}

void Transfers::run(std::size_t count, std::size_t window,
                    const std::function<bool(const Turn&)>& begin,
                    const std::function<void(const Turn&, CURLcode)>& finish) {
  while (handles_.size() < std::min(window, count)) handles_.emplace_back(curl_easy_init());
  std::vector<std::size_t> idle;
  for (std::size_t slot = std::min(window, handles_.size()); slot > 0; --slot)
    idle.push_back(slot - 1);
  // The timeout of a handle runs while it waits inside libcurl, so that libcurl gets only `window`
  // at a time.
  std::vector<Turn> busy;
  std::size_t next = 0;
  while (next < count || !busy.empty()) {
    if (interrupted_.load()) {
      for (const Turn& turn : busy) curl_multi_remove_handle(multi_, turn.easy);
      return;
    }
    while (next < count && !idle.empty()) {
      const Turn turn{next, idle.back(), handles_[idle.back()].get()};
      curl_easy_reset(turn.easy);
      curl_easy_setopt(turn.easy, CURLOPT_NOSIGNAL, 1L);
      curl_easy_setopt(turn.easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
      curl_easy_setopt(turn.easy, CURLOPT_OPENSOCKETDATA, this);
      curl_easy_setopt(turn.easy, CURLOPT_CLOSESOCKETFUNCTION, &close_socket);
      curl_easy_setopt(turn.easy, CURLOPT_CLOSESOCKETDATA, this);
      if (!begin(turn)) {
        count = next;
        break;
      }
      idle.pop_back();
      curl_multi_add_handle(multi_, turn.easy);
      busy.push_back(turn);
      ++next;
    }
    int running = 0;
    curl_multi_perform(multi_, &running);
    int queued = 0;
    bool has_finished = false;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &queued)) {
      if (message->msg != CURLMSG_DONE) continue;
      const auto of_it = std::find_if(busy.begin(), busy.end(), [&](const Turn& turn) {
        return turn.easy == message->easy_handle;
      });
      const Turn turn = *of_it;
      const CURLcode code = message->data.result;
      busy.erase(of_it);
      curl_multi_remove_handle(multi_, turn.easy);
      finish(turn, code);
      idle.push_back(turn.slot);
      has_finished = true;
    }
    // Wait at most 1 s. Sockets, libcurl's own timers and interrupt() end the wait earlier.
    if (!has_finished && !busy.empty()) curl_multi_poll(multi_, nullptr, 0, 1'000, nullptr);
  }
}

void Transfers::interrupt() noexcept {
  interrupted_.store(true);
  curl_multi_wakeup(multi_);
}

}  // namespace tocsin::channel
