#include "relay/stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <limits>

namespace tocsin::relay {

namespace asio = boost::asio;

namespace {

int bounded(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

Stream::Stream(Socket socket, const Tls* tls) : socket_(std::move(socket)) {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
  socket_.non_blocking(true, ignored);
  if (tls == nullptr) return;
  session_ = tls->session(socket_.native_handle());
  if (!session_) socket_.close(ignored);  // never plain where TLS was asked for
}

// The outcome of an OpenSSL call that returned `result`.
Stream::Moved Stream::moved(int result) const noexcept {
  if (result > 0) return {static_cast<std::size_t>(result), Wants::nothing, {}};
  const int error = SSL_get_error(session_.get(), result);
  ERR_clear_error();
  if (error == SSL_ERROR_WANT_READ) return {0, Wants::read, {}};
  if (error == SSL_ERROR_WANT_WRITE) return {0, Wants::write, {}};
  if (error == SSL_ERROR_ZERO_RETURN) return {0, Wants::nothing, asio::error::eof};
  return {0, Wants::nothing, asio::error::connection_reset};
}

Stream::Moved Stream::read(void* into, std::size_t size) noexcept {
  ERR_clear_error();
  return moved(SSL_read(session_.get(), into, bounded(size)));
}

Stream::Moved Stream::write(const void* from, std::size_t size) noexcept {
  if (size == 0) return {};
  ERR_clear_error();
  return moved(SSL_write(session_.get(), from, bounded(size)));
}

Stream::Far Stream::look() {
  std::uint8_t byte = 0;
  if (session_) {
    ERR_clear_error();
    const Moved seen = moved(SSL_peek(session_.get(), &byte, 1));
    if (seen.error) return Far::gone;
    return seen.bytes > 0 ? Far::speaking : Far::silent;
  }
  error_code error;
  const std::size_t size =
      socket_.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
  if (error == asio::error::would_block) return Far::silent;
  return error || size == 0 ? Far::gone : Far::speaking;
}

bool Stream::has_more() const noexcept { return session_ && SSL_pending(session_.get()) > 0; }

bool Stream::can_speak() const noexcept {
  return !session_ || SSL_is_init_finished(session_.get()) == 1;
}

void Stream::say_no_more() {
  if (session_ && can_speak()) {
    ERR_clear_error();
    SSL_shutdown(session_.get());  // the client's answer is not waited for
    ERR_clear_error();
  }
  error_code ignored;
  socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

}  // namespace tocsin::relay
