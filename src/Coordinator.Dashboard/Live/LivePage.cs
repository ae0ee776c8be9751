using Microsoft.AspNetCore.Components;

namespace Coordinator.Dashboard.Live;

/// <summary>A page of figures that are read again and again. Where reading fails the last figures stay, and <see cref="Failure"/> says so.</summary>
public abstract class LivePage<T> : ComponentBase, IDisposable
    where T : class
{
    private long _readAt;
    private int _question;

    [Inject]
    public Refresher Refresher { get; set; } = null!;

    [Inject]
    public SharedReader Reader { get; set; } = null!;

    [Inject]
    public TimeProvider Clock { get; set; } = null!;

    /// <summary>What was read last; null if nothing was.</summary>
    protected T? Figures { get; private set; }

    /// <summary>True once a reading has ended, well or not.</summary>
    protected bool HasRead { get; private set; }

    /// <summary>Why the last reading failed; null if it did not.</summary>
    protected string? Failure { get; private set; }

    /// <summary>How old <see cref="Figures"/> are.</summary>
    protected TimeSpan Age => Clock.GetElapsedTime(_readAt);

    public void Dispose()
    {
        Refresher.Hide(RefreshAsync);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks the silos.</summary>
    protected abstract Task<T?> ReadAsync();

    /// <summary>What there is to do with new figures before they are drawn.</summary>
    protected virtual void OnRead(T figures)
    {
    }

    protected override Task OnParametersSetAsync() => ReadOnceAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await Refresher.ShowAsync(RefreshAsync);
    }

    /// <summary>Another question from now on: what was read answers it no more, nor does what is being read.</summary>
    protected void Forget()
    {
        _question++;
        (Figures, HasRead, Failure) = (null, false, null);
    }

    /// <summary>Reads now and draws.</summary>
    protected Task RefreshAsync() => InvokeAsync(async () =>
    {
        await ReadOnceAsync();
        StateHasChanged();
    });

    private async Task ReadOnceAsync()
    {
        var question = _question;
        try
        {
            var figures = await ReadAsync();
            if (question != _question) return;
            Figures = figures;
            _readAt = Clock.GetTimestamp();
            Failure = null;
            if (Figures is not null) OnRead(Figures);
        }
#pragma warning disable CA1031 // Whatever it was, it is shown, and the next second tries again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (question != _question) return;
            Failure = failure.Message;
        }

        HasRead = true;
    }
}
