/** A picture as it can be drawn now: a part of something that is decoded, and how large it is when whole. */
export type Shot = {
  readonly image: CanvasImageSource;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly whole: { readonly width: number; readonly height: number };
  readonly grade: 'small' | 'medium';
};

/** Where pictures come from: a film, or one by one. */
export type Source = {
  /** Somebody looks at this one now, and passes so many in a second; below zero towards the first. */
  aim(index: number, speed: number): void;
  /** Null while it is on its way; `spoilt` when it never comes. */
  at(index: number): Shot | 'spoilt' | null;
  /** In which shape it is seen, if that is known. */
  whole(index: number): { readonly width: number; readonly height: number } | null;
  /** The line may be back. */
  hurry(): void;
  close(): void;
};

/** What a source tells of itself. */
export type Listener = {
  /** Another picture can be drawn, or this one better; without a number, any may. */
  changed(index?: number): void;
  line(up: boolean): void;
};
