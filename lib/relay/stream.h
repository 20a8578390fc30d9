// A client's byte stream, plain or through TLS, as Beast reads and writes it. Holds no buffer
// between reads and writes. The handshake is part of the first read. Runs on the thread of its
// socket.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <memory>
#include <utility>

#include "relay/tls.h"

namespace tocsin::relay {

using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Stream {
 public:
  using executor_type = boost::asio::io_context::executor_type;

  // `tls` is null for a plain stream, and must outlive it.
  Stream(Socket socket, const Tls* tls);

  executor_type get_executor() noexcept { return socket_.get_executor(); }
  Socket& socket() noexcept { return socket_; }

  enum class Far : std::uint8_t { silent, speaking, gone };
  // Whether the client has sent something or has gone. Reads nothing.
  Far look();
  // Whether decrypted bytes are waiting: a wait on the socket would not notice them.
  bool has_more() const noexcept;
  // False before the handshake is done.
  bool can_speak() const noexcept;
  // Shuts the stream down for writing.
  void say_no_more();

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (!session_) return socket_.async_read_some(buffers, std::forward<Handler>(handler));
    boost::asio::mutable_buffer into;
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         at != boost::asio::buffer_sequence_end(buffers) && into.size() == 0; ++at)
      into = *at;
    compose(Move{*this, into.data(), into.size(), nullptr}, std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (!session_) return socket_.async_write_some(buffers, std::forward<Handler>(handler));
    // Put head and body into one record if they fit.
    auto record = std::make_unique<Record>();
    const std::size_t size = boost::asio::buffer_copy(boost::asio::buffer(*record), buffers);
    Move move{*this, nullptr, size, std::move(record)};
    compose(std::move(move), std::forward<Handler>(handler));
  }

 private:
  using error_code = boost::system::error_code;
  using Record = std::array<std::uint8_t, 16'384>;
  enum class Wants : std::uint8_t { nothing, read, write };
  struct Moved {
    std::size_t bytes = 0;
    Wants wants = Wants::nothing;
    error_code error;
  };

  // Reads or writes; when nothing could be moved, waits for the socket and tries again.
  struct Move {
    Stream& stream;
    void* into;
    std::size_t size;
    std::unique_ptr<Record> record;  // null when this reads
    bool has_begun = false;
    bool is_done = false;
    Moved moved{};

    template <class Self>
    void operator()(Self& self, error_code error = {}) {
      if (error) return self.complete(error, 0);
      if (is_done) return self.complete(moved.error, moved.bytes);
      const bool is_inline = !std::exchange(has_begun, true);
      moved = record ? stream.write(record->data(), size) : stream.read(into, size);
      Socket& socket = stream.socket_;
      if (moved.wants == Wants::read) return socket.async_wait(Socket::wait_read, std::move(self));
      if (moved.wants == Wants::write)
        return socket.async_wait(Socket::wait_write, std::move(self));
      is_done = true;
      // A handler is never called before the function that started the operation has returned.
      if (is_inline) return boost::asio::post(socket.get_executor(), std::move(self));
      self.complete(moved.error, moved.bytes);
    }
  };

  template <class Handler>
  void compose(Move move, Handler&& handler) {
    boost::asio::async_compose<Handler, void(error_code, std::size_t)>(std::move(move), handler,
                                                                       socket_);
  }

  Moved read(void* into, std::size_t size) noexcept;
  Moved write(const void* from, std::size_t size) noexcept;
  Moved moved(int result) const noexcept;

  Socket socket_;
  TlsSession session_;
};

}  // namespace tocsin::relay
