using Microsoft.JSInterop;

namespace Coordinator.Dashboard.Live;

/// <summary>Has the page that is shown read again once a second, one reading after the other, while somebody can see it and has not paused it.</summary>
public sealed class Refresher(TimeProvider clock, IJSRuntime script) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(Period, clock);
    private DotNetObjectReference<Refresher>? _self;
    private Func<Task>? _refresh;
    private bool _isVisible = true;

    /// <summary>Raised when <see cref="IsPaused"/> changes.</summary>
    public event Action? PauseChanged;

    /// <summary>True while the reader wants to look at what is there.</summary>
    public bool IsPaused
    {
        get;
        set
        {
            field = value;
            PauseChanged?.Invoke();
        }
    }

    /// <summary>Calls <paramref name="refresh"/> from now on, instead of whatever was called before.</summary>
    public async Task ShowAsync(Func<Task> refresh)
    {
        _refresh = refresh;
        if (_self is not null) return;
        _self = DotNetObjectReference.Create(this);
        _ = RunAsync();
        await script.InvokeVoidAsync("contentionPage.watchVisibility", _self);
    }

    /// <summary>Calls <paramref name="refresh"/> no more.</summary>
    public void Hide(Func<Task> refresh)
    {
        if (_refresh == refresh) _refresh = null;
    }

    /// <summary>Called by the browser when its tab comes to the front or leaves it.</summary>
    [JSInvokable]
    public void SetVisible(bool isVisible) => _isVisible = isVisible;

    public ValueTask DisposeAsync()
    {
        _timer.Dispose();
        _self?.Dispose();
        return default;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            if (_isVisible && !IsPaused && _refresh is { } refresh) await refresh();
        }
    }
}
