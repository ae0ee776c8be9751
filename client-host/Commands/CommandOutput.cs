using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Coordinator.ClientHost.Commands;

/// <summary>Where a command writes: with <c>--json</c> one object goes to standard output and everything else to standard error.</summary>
internal sealed class CommandOutput(bool isJson, TextWriter output, TextWriter error)
{
    private const int RedirectedWidth = 240;

    /// <summary>How answers are written, here and over HTTP.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsJson => isJson;

    /// <summary>For progress and hints: standard error, whatever was asked.</summary>
    public IAnsiConsole Progress { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });

    /// <summary>For pictures on standard output: as wide as the terminal, or as they need to be where there is none.</summary>
    public IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = RedirectedWidth;
        return console;
    }

    /// <summary>Writes a line for people.</summary>
    public void Line(string text) => (isJson ? error : output).WriteLine(text);

    /// <summary>Writes a line for people to standard error.</summary>
    public void ErrorLine(string text) => error.WriteLine(text);

    /// <summary>Writes the answer: as JSON if asked for, else as the lines given.</summary>
    public void Answer<T>(T answer, IEnumerable<string> lines)
    {
        if (isJson) output.WriteLine(JsonSerializer.Serialize(answer, Json));
        else
        {
            foreach (var line in lines) output.WriteLine(line);
        }
    }

    /// <summary>Reports a failure: always in words on standard error, and as the one JSON object if asked for.</summary>
    public void Fail(Failure failure)
    {
        error.WriteLine($"error: {failure.Message}");
        if (isJson) output.WriteLine(JsonSerializer.Serialize(new { error = failure.Message, exitCode = (int)failure.Code }, Json));
    }
}
