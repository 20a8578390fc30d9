// A hostile relay: it accepts every message from anybody, checks no proof, learns the public keys
// of all clients, and gives each reader the messages that a test chooses. It can do everything that
// needs no secret key of others.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "seal/key.h"
#include "wire/messages.h"

namespace tocsin::process {

class HostileRelay {
 public:
  using Items = std::vector<wire::Item>;
  // Given all messages ever posted to the reader's mailbox, returns those that the reader gets.
  using Trick = std::function<Items(const seal::PublicIdentity& reader, Items all)>;

  HostileRelay();
  ~HostileRelay();
  HostileRelay(const HostileRelay&) = delete;
  HostileRelay& operator=(const HostileRelay&) = delete;

  std::string url() const;
  // Plays the trick until the next call. Without a trick the relay is honest, except that it
  // ignores acknowledgements and keeps everything. Other clients are served while a trick runs.
  void play(Trick trick);
  // All clients so far, by their mailbox.
  std::map<seal::KeyId, seal::PublicIdentity> seen();
  // A cursor above every other.
  std::uint64_t next_cursor();

 private:
  void accept();
  void serve(int socket);
  base::Bytes answer(const std::string& head, base::ByteView body, int& status);

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::shared_ptr<Trick> trick_;
  std::map<seal::KeyId, Items> held_;
  std::map<seal::KeyId, seal::PublicIdentity> seen_;
  std::atomic<std::uint64_t> cursor_ = 1;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread thread_;
};

}  // namespace tocsin::process
