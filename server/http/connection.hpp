#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "server/http/core.hpp"

namespace ventanilla::http {

using PlainStream = boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

// Serves one connection to its end. Never throws.
asio::awaitable<void> serve_connection(Core& core, PlainStream stream);
asio::awaitable<void> serve_connection(Core& core, TlsStream stream);

}  // namespace ventanilla::http
