using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Coordinator.ClientHost.Commands;

/// <summary>The output of a command: with <c>--json</c> one object goes to standard output and everything else to standard error.</summary>
internal sealed class CommandOutput(bool isJson, TextWriter output, TextWriter error)
{
    private const int RedirectedWidth = 240;

    /// <summary>The JSON options for answers, here and over HTTP.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsJson => isJson;

    /// <summary>For progress and hints: always standard error.</summary>
    public IAnsiConsole Progress { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });

    /// <summary>For tables on standard output: as wide as the terminal, or as wide as needed without one.</summary>
    public IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = RedirectedWidth;
        return console;
    }

    /// <summary>Writes a line of text.</summary>
    public void Line(string text) => (isJson ? error : output).WriteLine(text);

    /// <summary>Writes a line of text to standard error.</summary>
    public void ErrorLine(string text) => error.WriteLine(text);

    /// <summary>Writes the answer: as JSON if requested, else as the given lines.</summary>
    public void Answer<T>(T answer, IEnumerable<string> lines)
    {
        if (isJson) output.WriteLine(JsonSerializer.Serialize(answer, Json));
        else
        {
            foreach (var line in lines) output.WriteLine(line);
        }
    }

    /// <summary>Reports a failure: always as text on standard error, and as the one JSON object if requested.</summary>
    public void Fail(Failure failure)
    {
        error.WriteLine($"error: {failure.Message}");
        if (isJson) output.WriteLine(JsonSerializer.Serialize(new { error = failure.Message, exitCode = (int)failure.Code }, Json));
    }
}
