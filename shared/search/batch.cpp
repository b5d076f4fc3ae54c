#include "shared/search/batch.hpp"

#include <algorithm>

#include "shared/base/json.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kLineBytesMax = 8 * limits::kArticleBytesMax;  // \u escapes take six for one

Result<Json> object_of(std::string_view line) {
    Json object = TRY(parse_json(line, kLineBytesMax));
    if (!object.is_object()) return invalid("the line is no JSON object");
    return object;
}

// A member that must be text. `parse_json` names no field, so sentences are made here.
Result<std::string> needed_text(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (value.is_null()) return invalid(concat("there is no \"", key, "\""));
    if (!value.is_string()) return invalid(concat("\"", key, "\" is no text"));
    return value.get_ref<const std::string&>();
}

Result<std::string> needed_id(const Json& object) {
    const Json& value = member(object, "id");
    if (value.is_number_integer()) return value.dump();
    std::string id = TRY(needed_text(object, "id"));
    if (id.empty()) return invalid("\"id\" is empty");
    return id;
}

// "es", "en", or a locale that begins with one.
Result<Lang> lang_in(const Json& object, Lang fallback) {
    if (!has(object, "lang")) return fallback;
    const std::string text = TRY(needed_text(object, "lang"));
    const std::string_view start = std::string_view(text).substr(0, 2);
    for (const Lang lang : {Lang::Es, Lang::En}) {
        if (start == domain::name(lang)) return lang;
    }
    return invalid(concat("\"lang\" is ", text, ", and only es and en are searched"));
}

Result<Document> document_of(std::string_view line, Lang fallback) {
    const Json object = TRY(object_of(line));
    Document document;
    document.id = TRY(needed_id(object));
    document.lang = TRY(lang_in(object, fallback));
    document.key = concat(document.id, ":", domain::name(document.lang));
    document.title = TRY(needed_text(object, "title"));
    document.body = TRY(needed_text(object, "body"));
    return document;
}

Json made_of(const Why& why) {
    return {{"words", why.words},
            {"coverage", why.coverage},
            {"closeness", why.closeness},
            {"title", why.title},
            {"language", why.language},
            {"prior", why.prior},
            {"exact", why.exact}};
}

constexpr std::size_t kSliceDocuments = 12;  // six articles in two languages
constexpr std::size_t kPreparedEvery = 512;

class Batch {
  public:
    Batch(const BatchPorts& ports, const BatchOptions& options)
        : ports_(ports), options_(options) {}

    void build() {
        const std::int64_t begun_us = ports_.now_us();
        each_line(ports_.next_document, "documents", [this](std::string_view line) -> Status {
            put(TRY(document_of(line, options_.lang)));
            return ok();
        });
        prepare();
        build_ms_ = ms_since(begun_us);
    }

    void answer() {
        each_line(ports_.next_query, "queries", [this](std::string_view line) -> Status {
            const Json object = TRY(object_of(line));
            if (!has(object, "id")) return invalid("there is no \"id\"");
            const std::string text = TRY(needed_text(object, "text"));
            ports_.write(dump_json(answered(object["id"], text)));
            return ok();
        });
    }

    void sum_up() {
        const std::string bytes = index_.stored_form();
        Index loaded;
        const std::int64_t begun_us = ports_.now_us();
        const Status done = loaded.load(bytes);
        loaded.prepare();
        if (!done) ports_.complain(done.error().detail);
        Json sum = {{"build_ms", build_ms_},
                    {"load_ms", ms_since(begun_us)},
                    {"index_bytes", bytes.size()},
                    {"index_gzip_bytes", ports_.gzip_bytes(bytes)},
                    {"docs", index_.size()}};
        if (!slices_ms_.empty()) add_slices(sum);
        ports_.write(dump_json(sum));
    }

  private:
    // A slice of the portal's indexer: some texts, or what was put made ready for queries
    // (wasm/app/indexer.cpp).
    void put(const Document& document) {
        if (!options_.in_slices) return index_.put(document);
        const std::int64_t begun_us = ports_.now_us();
        index_.put(document);
        if (in_slice_ == 0) slices_ms_.push_back(0);
        slices_ms_.back() += ms_since(begun_us);
        in_slice_ = (in_slice_ + 1) % kSliceDocuments;
        if (++unprepared_ == kPreparedEvery) prepare();
    }

    void prepare() {
        if (!options_.in_slices) return index_.prepare();
        const std::int64_t begun_us = ports_.now_us();
        index_.prepare();
        unprepared_ = in_slice_ = 0;
        slices_ms_.push_back(ms_since(begun_us));
    }

    void add_slices(Json& sum) {
        std::sort(slices_ms_.begin(), slices_ms_.end());
        sum["slices"] = slices_ms_.size();
        sum["slice_ms_p99"] = slices_ms_[slices_ms_.size() * 99 / 100];
        sum["slice_ms_max"] = slices_ms_.back();
    }

    [[nodiscard]] double ms_since(std::int64_t begun_us) const {
        return static_cast<double>(ports_.now_us() - begun_us) / 1000.0;
    }

    template <class Take>
    void each_line(const BatchPorts::NextLine& next, std::string_view file, Take take) {
        std::string line;
        for (std::size_t number = 1; next(line); ++number) {
            if (trimmed(line).empty()) continue;
            const Status done = take(line);
            if (!done)
                ports_.complain(
                    concat(file, " line ", number, " is left out: ", done.error().detail));
        }
    }

    Json answered(const Json& id, const std::string& text) {
        SearchOptions search;
        search.lang = options_.lang;
        search.limit = options_.depth;
        const std::int64_t begun_us = ports_.now_us();
        const std::vector<Standing> standings = index_.rank(text, search);
        const std::int64_t taken_us = ports_.now_us() - begun_us;
        Json hits = Json::array();
        Json why = Json::array();
        for (const Standing& standing : standings) {
            hits.push_back({standing.id, standing.score});
            why.push_back(made_of(standing.why));
        }
        Json line = {{"id", id}, {"hits", std::move(hits)}, {"us", taken_us}};
        if (options_.explains) line["why"] = std::move(why);
        return line;
    }

    const BatchPorts& ports_;
    const BatchOptions& options_;
    Index index_;
    double build_ms_ = 0;
    std::vector<double> slices_ms_ = {};
    std::size_t in_slice_ = 0;
    std::size_t unprepared_ = 0;
};

}  // namespace

void run_batch(const BatchPorts& ports, const BatchOptions& options) {
    Batch batch(ports, options);
    batch.build();
    batch.answer();
    batch.sum_up();
}

}  // namespace ventanilla::search
