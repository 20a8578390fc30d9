// A relay that nobody should trust: it takes whatever anybody posts, checks no proof, learns the
// public keys of all who ask, and gives each reader what its master likes. It cannot do what takes
// a key that it has not.
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
  // What a reader of this mailbox gets, from all that was ever posted to it.
  using Trick = std::function<Items(const seal::PublicIdentity& reader, Items all)>;

  HostileRelay();
  ~HostileRelay();
  HostileRelay(const HostileRelay&) = delete;
  HostileRelay& operator=(const HostileRelay&) = delete;

  std::string url() const;
  // Until the next one. Without one it is honest, but for acknowledgements: it keeps everything. A
  // trick may take its time: others are served meanwhile.
  void play(Trick trick);
  // Who has asked for something so far, by their mailbox.
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
