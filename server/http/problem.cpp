#include "server/http/problem.hpp"

#include <array>

#include "shared/base/text.hpp"

namespace ventanilla::http {
namespace {

struct Sentence {
    int status;
    std::string_view code;
    std::string_view title;  // English, for people who read logs
    std::string_view es;
    std::string_view en;
};

// The first line of each status is its default.
constexpr auto kSentences = std::to_array<Sentence>({
    {400,
     "bad_request",
     "Bad request",
     "La solicitud no se entiende. Recarga la página.",
     "The request cannot be understood. Reload the page."},
    {401,
     "session_over",
     "Session over",
     "Tu sesión terminó. Inicia sesión otra vez; tu trabajo sigue guardado.",
     "Your session is over. Sign in again; your work is still saved."},
    {401,
     "bad_login",
     "Wrong login or password",
     "El usuario o la contraseña no coinciden. Revísalos e inténtalo otra vez.",
     "The user name or the password does not match. Check them and try again."},
    {401,
     "other_user",
     "Signed in as somebody else",
     "En este navegador inició sesión otra persona. Recarga la página.",
     "Somebody else signed in with this browser. Reload the page."},
    {401,
     "other_device",
     "Session of another device",
     "Esta sesión es de otro dispositivo. Inicia sesión aquí.",
     "This session belongs to another device. Sign in here."},
    {403,
     "forbidden",
     "Not allowed",
     "No tienes permiso para esto. Pídeselo a la mesa de ayuda.",
     "You are not allowed to do this. Ask the service desk."},
    {403,
     "cross_site",
     "Cross-site request",
     "La solicitud no vino del portal. Ábrelo y repítela ahí.",
     "The request did not come from the portal. Open it and try again there."},
    {403,
     "setup_token",
     "Wrong setup token",
     "El código de instalación no es válido. Está en la salida del servidor.",
     "The setup token is not valid. It is in the server's output."},
    {404,
     "not_found",
     "Not found",
     "No existe, o no es para ti. Vuelve al inicio.",
     "It does not exist, or it is not for you. Go back to the start."},
    {405,
     "method_not_allowed",
     "Method not allowed",
     "Esa acción no existe aquí.",
     "That action does not exist here."},
    {408,
     "timeout",
     "Request timeout",
     "La solicitud tardó demasiado. Inténtalo otra vez.",
     "The request took too long. Try again."},
    {409,
     "conflict",
     "Conflict",
     "Algo cambió mientras tanto. Mira el estado nuevo y decide otra vez.",
     "Something changed in the meantime. Look at the new state and decide again."},
    {409,
     "history_changed",
     "History changed",
     "El servidor se restauró. El portal vuelve a enviar lo que falte.",
     "The server was restored. The portal sends again what is missing."},
    {410,
     "resync",
     "Resync",
     "Pasó mucho tiempo. El portal descarga todo otra vez; lo tuyo se conserva.",
     "It has been a long time. The portal downloads everything again; your work is kept."},
    {413,
     "too_large",
     "Too large",
     "Es demasiado grande. Acórtalo o divídelo.",
     "It is too large. Shorten or split it."},
    {415,
     "not_json",
     "Unsupported media type",
     "La solicitud debe ser JSON.",
     "The request must be JSON."},
    {421,
     "misdirected",
     "Misdirected request",
     "Esta dirección no es la del portal.",
     "This address is not the portal's."},
    {422,
     "malformed",
     "Malformed",
     "Falta algo o no es válido. Revísalo e inténtalo otra vez.",
     "Something is missing or not valid. Check it and try again."},
    {422,
     "weak_password",
     "Weak password",
     "Usa al menos 12 caracteres que no sean fáciles de adivinar.",
     "Use at least 12 characters that are not easy to guess."},
    {422,
     "bad_cursor",
     "Bad cursor",
     "El portal descarga todo otra vez; lo tuyo se conserva.",
     "The portal downloads everything again; your work is kept."},
    {426,
     "upgrade",
     "Upgrade required",
     "Hay una versión nueva del portal. Recarga la página.",
     "There is a new version of the portal. Reload the page."},
    {429,
     "too_many",
     "Too many requests",
     "Demasiados intentos. Espera un momento y prueba otra vez.",
     "Too many attempts. Wait a moment and try again."},
    {431,
     "headers_too_large",
     "Header fields too large",
     "La solicitud no se entiende. Borra las cookies de este sitio.",
     "The request cannot be understood. Clear the cookies of this site."},
    {503,
     "busy",
     "Busy",
     "El servidor no puede ahora. Lo tuyo sigue guardado; se reintenta solo.",
     "The server cannot do it now. Your work is saved; it is tried again by itself."},
});

const Sentence& find(int status, std::string_view code) {
    const Sentence* fallback = nullptr;
    for (const Sentence& one : kSentences) {
        if (one.status != status) continue;
        if (one.code == code) return one;
        if (fallback == nullptr) fallback = &one;
    }
    return fallback != nullptr ? *fallback : kSentences.back();
}

int status_of(Errc code) {
    switch (code) {
        case Errc::Invalid: return 422;
        case Errc::NotFound: return 404;
        case Errc::Forbidden: return 403;
        case Errc::Conflict: return 409;
        case Errc::TooLarge: return 413;
        case Errc::Unavailable:
        case Errc::Corrupt: break;
    }
    return 503;
}

}  // namespace

std::string_view sentence(int status, std::string_view code, std::string_view lang) {
    const Sentence& found = find(status, code);
    return lang == "en" ? found.en : found.es;
}

HttpResponse problem(int status, std::string_view code, std::string_view lang, const Json& extra) {
    const Sentence& found = find(status, code);
    Json document = extra;
    if (!has(document, "type")) document["type"] = "about:blank";
    document["title"] = std::string{found.title};
    document["status"] = status;
    document["code"] = std::string{code.empty() ? found.code : code};
    document["detail"] = std::string{lang == "en" ? found.en : found.es};
    HttpResponse response;
    response.status = status;
    response.body = dump_json(document);
    response.with("content-type", "application/problem+json").with("content-language", lang);
    if (const std::int64_t wait_ms = int_or(document, "retry_after_ms"); wait_ms > 0)
        response.with("retry-after", std::to_string((wait_ms + 999) / 1000));
    else if (status == 429 || status == 503)
        response.with("retry-after", "5");
    return response;
}

HttpResponse problem_of(const Error& error, std::string_view lang) {
    const int status = status_of(error.code);
    Json extra = Json::object();
    if (!error.field.empty()) extra["field"] = error.field;
    return problem(status, find(status, {}).code, lang, extra);
}

}  // namespace ventanilla::http
