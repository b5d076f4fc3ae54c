#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

// Reads every file of the folders given through a fuzz target, without libFuzzer. A finding crashes
// here as it did there.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
    int count = 0;
    for (int at = 1; at < argc; at++) {
        if (!std::filesystem::is_directory(argv[at])) continue;
        for (const auto& file : std::filesystem::directory_iterator(argv[at])) {
            std::ifstream stream(file.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                   bytes.size());
            count++;
        }
    }
    std::printf("%d inputs, no finding\n", count);
    return count > 0 ? 0 : 1;
}
